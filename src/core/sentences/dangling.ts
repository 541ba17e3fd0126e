/** A first word that means somebody or something named before, in the languages of the news; not those that may as well be an
 *  article, a number or "you" ("la", Italian "il", "one", "Sie"). */
const DANGLING =
  /^["“‘«„'`(]*(?:he|she|it|they|this|that|these|those|his|her|their|such|er|dies|diese[rs]?|elle|ils|elles|cela|il(?=\s(?:a|est|avait|était|ne|se|sera|faut)\s|\s[ns]['’])|él|ella|ellos|ellas|esto|lui|lei|ele|ela|eles|ona|oni|bu|onlar|он|она|они|это|він|вона|вони|це)(?![\p{L}\p{N}])/iu

/** Whether a sentence begins with a word that only the one before explains. */
export function isDangling(sentence: string): boolean {
  return DANGLING.test(sentence)
}
