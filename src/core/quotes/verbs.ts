/** Verbs that give words to somebody. English is inflected from its stems; other languages list the forms that news writes. */

const list = (words: string): readonly string[] => words.split(/\s+/).filter(Boolean)

/** Regular English verbs of speech: what they govern is what was said. */
const SPEECH_STEMS = list(`
add ask reply respond continue note state explain declare conclude argue recall claim insist suggest acknowledge announce warn joke
remark predict complain vow promise pledge urge counter stress reiterate observe post comment mention reveal
confirm agree allege contend maintain concede exclaim shout yell scream whisper chant mutter testify lament muse boast opine
intone retort fume caution advise recount elaborate emphasize emphasise underscore interject gush deadpan assert affirm assure
answer tweet retweet blog remind report proclaim profess advocate apologize theorize speculate surmise reason estimate guess
inform instruct order command demand plead beg implore pray protest object charge implore croon cry holler bark growl snarl
murmur mumble stammer chuckle laugh quote repeat echo summarize reflect preach lecture hint imply point message email text
exhort remember confide enthuse blurt wail whine sob huff snort hiss bellow gasp reminisce rejoin volunteer disclose relate signal propose plead explained crow cheer chime chirp chuckle marvel grumble groan gripe sigh scoff sneer
thunder taunt tease beseech posit postulate venture rage rail reckon
`)
/** Verbs that name, judge or address somebody: words quoted after them belong to their subject. */
const JUDGING_STEMS = list(`
call describe label brand dub denounce slam blast criticize criticise praise accuse dismiss portray characterize characterise refer cite mock
ridicule deride hail condemn decry tout blame thank offer express voice talk hope want believe fear plan intend invoke
challenge chide scold lambaste attack defend bemoan rip hammer skewer pan trash disparage belittle berate rebuke admonish assail lash
reject refuse deny welcome endorse applaud commend laud compare liken deem consider view regard paint cast depict frame pitch bill
title use employ coin sound issue publish sign question wonder address raise conclude mouth recite deliver
trumpet joke lash label urge encourage target single vent rant muse jab poke needle deplore worry criticise reference admit
`)
/** Irregular forms, and forms of two words by their first. */
const SPEECH_IRREGULAR = list(`
say says said saying tell tells told telling write writes wrote written writing quip quips quipped quipping admit admits admitted admitting
brag brags bragged bragging snap snaps snapped snapping begin begins began swear swears swore swearing read reads reading
retell put puts putting sum sums summed forewarn argued refer refers referred referring speak speaks spoke speaking
sing sings sang singing spit spat think thinks thought thinking find finds found finding wrote tweet
beamed reply-tweeted plan plans planned planning pen penned pens teach taught
`)
const JUDGING_IRREGULAR = list(`
see sees saw seeing know knows knew feel feels felt feeling give gives gave giving make makes made making take takes took
hit hits hitting throw threw sees mean means meant meaning hold held holds keep kept lead led
`)

function inflect(stem: string): readonly string[] {
  if (stem.endsWith('ed')) return [stem]
  if (/[^aeiou]y$/.test(stem)) return [stem, `${stem.slice(0, -1)}ies`, `${stem.slice(0, -1)}ied`, `${stem}ing`]
  if (stem.endsWith('e')) return [stem, `${stem}s`, `${stem}d`, `${stem.slice(0, -1)}ing`]
  const s = /(?:s|sh|ch|x|z)$/.test(stem) ? `${stem}es` : `${stem}s`
  const doubled =
    /^(?:dub|tweet|pan|rip|chat|slam|jab|crib)$/.test(stem) && stem !== 'tweet' ? stem + stem.at(-1) : stem
  return [stem, s, `${doubled}ed`, `${doubled}ing`]
}

/** Forms of German, French, Spanish, Italian, Portuguese, Polish, Ukrainian and Russian newspapers. */
const FOREIGN: readonly string[] = list(`
sagte sagt sagten erklärte erklärt betonte betont warnte warnt schrieb schreibt meinte meint forderte fordert kündigte teilte mitgeteilt
antwortete ergänzte fügte kritisierte nannte nennt berichtete behauptete versicherte äußerte gesagt geschrieben
dit dire déclaré déclare affirmé affirme expliqué explique ajouté ajoute estimé estime assuré assure lancé écrit annoncé précisé souligné
indiqué averti prévenu réagi répondu martelé confié poursuivi conclu regretté dénoncé raconté rappelé insisté
dijo dice afirmó afirma declaró declara aseguró asegura explicó explica añadió añade señaló señala indicó advirtió escribió
sostuvo subrayó manifestó agregó comentó recordó respondió anunció dicho declarado afirmado
detto dichiarato dichiara affermato afferma spiegato spiega aggiunto aggiunge scritto scrive sottolineato ribadito ha-detto
disse diz afirmou declarou explicou acrescentou escreveu garantiu
powiedział powiedziała mówi mówił mówiła stwierdził stwierdziła podkreślił podkreśliła dodał dodała oświadczył oświadczyła
napisał napisała zaznaczył zaznaczyła ocenił oceniła zapewnił wyjaśnił wyjaśniła
сказав сказала каже заявив заявила додав додала зазначив зазначила підкреслив підкреслила написав написала пояснив пояснила
наголосив наголосила повідомив повідомила розповів розповіла
сказал говорит заявил добавил добавила отметил отметила подчеркнул подчеркнула написал написала пояснил пояснила сообщил
сообщила рассказал рассказала
`)

const english = (stems: readonly string[]): string[] => stems.flatMap(inflect)

/** "said", "tweeted", "erklärte": forms, lower case. */
export const SPEECH_VERBS: ReadonlySet<string> = new Set([...english(SPEECH_STEMS), ...SPEECH_IRREGULAR, ...FOREIGN])
/** "called", "accused", "labeled": forms, lower case. */
export const JUDGING_VERBS: ReadonlySet<string> = new Set([...english(JUDGING_STEMS), ...JUDGING_IRREGULAR])

/** Forms that are nouns as often ("the state", "an attack"): verbs only when their subject stands beside them. */
const NOUN_STEMS = list(`
state email text plan command guess message reason protest object claim comment post estimate report issue address target attack use
sound bill talk voice answer hint point order echo bark sign paint charge plan promise pledge vow demand request quote joke signal
question wonder brand label name frame pitch cast title view blame praise need challenge hope fear want rage rail sneer taunt cheer
chime request laugh cry shout whisper growl respect crow speech guess rip hit pan trash slam blast poke needle jab single mouth
remark mention lecture release note repeat advocate volunteer study find feel keep lead hold put see mean concern mark regard compliment
`)
export const NOUN_FORMS: ReadonlySet<string> = new Set([
  ...NOUN_STEMS.flatMap((s) => inflect(s).slice(0, 2)),
  'read',
  'planning',
  'reporting',
  'meaning',
  'building',
  'polling',
  'cast',
  'wanted',
  'put',
  'hit',
])

/** Verbs that judge so clearly that what they quote is their subject's own word. */
export const NAMING_VERBS: ReadonlySet<string> = new Set([
  ...english(
    list(
      'call describe label brand dub denounce slam blast criticize criticise praise accuse dismiss portray characterize characterise mock deride condemn decry blame thank refer cite lambaste attack bemoan express offer ridicule hail tout warn',
    ),
  ),
  'referred',
  'referring',
  'refers',
])

/** What somebody said, as a noun: "Sol's claim that". */
export const SPEECH_NOUNS: ReadonlySet<string> = new Set(
  list(`response reply answer comment comments remark remarks assertion claim claims statement argument conclusion warning promise pledge vow
description explanation complaint accusation charge contention prediction suggestion insistence declaration admission question
call calls words message tweet post phrase motto slogan mantra line verdict assessment advice objection retort quip joke`),
)

/** The same forms apart: what stands before them ("a déclaré") is no English article. */
export const FOREIGN_VERBS: ReadonlySet<string> = new Set(FOREIGN)
