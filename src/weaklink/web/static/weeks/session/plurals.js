// Plurals: a text, or its plural forms as JSON with the place they are chosen by, in the form of its number.

export function formOf(said, values, language) {
  if (!said.startsWith('{"')) return said;
  const forms = JSON.parse(said);
  return forms[new Intl.PluralRules(language).select(values[forms.by])] ?? forms.other;
}
