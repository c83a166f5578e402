"""What is said in a language: numbers and units, sentences, texts of records, words of the pages."""
