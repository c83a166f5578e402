"""What is said in a language: numbers, units, sentences, texts of records, words of pages, and faults."""
