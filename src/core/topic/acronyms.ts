/** Acronyms that are also words in one of the eight languages that we ship topics for, in words.ts's normal form: typed in
 *  capitals, they match in capitals only ("WHO" is no pronoun). Two letters always do; longer ones stand here. */
const WORDS = `
act aid aids air all and any are arm ars art asia aura
base bat bats bbl ben best big bit boss brics
cage cap car care cars cas cat cent cern chip cis cobra code con cop cops core cov
dare dare dar das data dea dem den der des die dim doc doge dos dpa due
ein era est eta ete eva
fa fast fat fed fema fin fire for fox fur
gap gas gem get gold gps grad gut
hat has her het him his hoc hope hot huf
ice idea ill ils inf ion iran iris
jet kas kat kim kit
law led les lit lot
mad mai mal man map mar mas mass mat mess met mia min mir mis mit mma mode mon mos mur
nah nein net new nie nos not nun
oak oar off oil one ons oms opa ora ore oro ost our out
pac par pas pen per pet pic pin pip plan pop pos post
rad rap raf real red res rif rot rue rus
sad sage sas salt san sap sat sea see seal set she sid sie sol son spa start stem step stop sud sur swat swift
tag tap tar team ten the tip top tour try tur
una und uno use
van var ver via vil von vor
war was web who win wir
yes you zur
ais ami amis bis cap dans eux ils jus lui ont que qui quoi sans sont ses une vos
con como dos ella fue los mas muy por son sus tal tus
ale bez co czy dla jak jest juz nad oni oraz pod sie tak tam ten tym
bir bu da de mi mu ne on ve ya
воз как кто или они она оно так тот это вес
про від для але або які так вас нас
`
const ACRONYMS: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter(Boolean))

/** Letters in capitals only, with or without dots, no digits: the way an acronym is typed. */
const TYPED_IN_CAPITALS = /^(?:\p{Lu}\.?){2,}$/u

/** Whether a typed word is an acronym that would be a plain word in lower case.
 *  @param typed - as the user wrote it
 *  @param word - its normal form */
export function isAcronymAndWord(typed: string, word: string): boolean {
  return TYPED_IN_CAPITALS.test(typed) && (word.length <= 2 || ACRONYMS.has(word))
}
