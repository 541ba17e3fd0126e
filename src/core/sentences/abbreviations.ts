/** Words whose dot does not end a sentence, lower case and without their last dot. Data only. */

/** What a name always follows: titles, ranks, offices, saints. They count only with a capital, or in Cyrillic. */
export const TITLES: ReadonlySet<string> = new Set(
  [
    'mr mrs ms mx messrs dr drs prof hon rev fr msgr br st ste mt ft', // people and places
    'gen lt col maj capt cpt cmdr cdr adm sgt cpl pvt pfc brig ens supt insp det', // ranks
    'sen rep reps sens gov pres amb atty asst assoc dep del sec min', // offices
    'mme mmes mlle mm', // French
    'sr sra srta dna dr dra lic', // Spanish
    'hr hrn dipl ing univ', // German
    'dott sig sigg avv', // Italian
    'exmo exma sto sta', // Portuguese
    'dhr mevr mw ir', // Dutch
    'ул пл тов акад проф просп св вул', // Russian, Ukrainian
  ].flatMap((line) => line.split(' ')),
)

/** What always stands within a phrase. */
export const WITHIN: ReadonlySet<string> = new Set(
  [
    'vs v cf viz approx eg ie resp incl', // English
    'bzw vgl sog zzgl ca evtl ggf geb einschl insb', // German
    'mio mrd tsd bzgl inkl exkl', // German, before what is counted
    'ul al pl prof inż mec ks św red tzn tj godz tel', // Polish, which writes titles and streets small
    'см рис напр', // Russian
  ].flatMap((line) => line.split(' ')),
)

/** What a number follows: "No. 5", "Art. 5", "Sept. 11". Before anything else the dot may well end the sentence. */
export const BEFORE_NUMBER: ReadonlySet<string> = new Set(
  [
    'no nos nr nro núm num art arts sec ch fig figs vol p pp pg para ver ed ex op bd kap ziff § ст гл стр п',
    'jan feb mar apr jun jul aug sep sept oct nov dec', // English months
    'janv févr avr juill sept oct nov déc', // French
    'ene abr ago dic', // Spanish
    'mär okt dez', // German
  ].flatMap((line) => line.split(' ')),
)

/** What often stands within a sentence, but may end one: the next word decides. */
export const MAY_BE_LAST: ReadonlySet<string> = new Set(
  [
    'jr inc corp co ltd llc plc bros cos intl dept dist est hwy ave blvd rd sq bldg', // firms, addresses
    'ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo', // states, as papers write them
    'ont que alta sask', // Canada
  ].flatMap((line) => line.split(' ')),
)

/** Words that begin a new sentence when they stand capitalised after "U.S." or an initial: pronouns, articles, conjunctions. */
export const STARTERS: ReadonlySet<string> = new Set(
  [
    "the a an this that these those it its it's he she they we i you his her their our my there here",
    'but and or so yet nor if when while as after before since because although though however meanwhile also still then now',
    'in on at by for from to with without under over during among between despite according what who why how where which',
    'no not some many most all both each several one two three another such more',
    'le la les un une des il elle ils elles on nous vous je ce cette ces mais et ou donc dans pour par avec sans selon après avant',
    'el los las una unos él ella ellos ellas nosotros pero y según en con por para desde también',
    'der die das den dem ein eine er sie es wir ich aber und oder doch nach vor mit bei auf für im am in seit laut',
    'il lo gli i una ma e nel nella secondo dopo o os as um uma mas não de het een maar',
    'в на и но а он она они это мы по из за для как что после також але та він вона вони це',
  ].flatMap((line) => line.split(' ')),
)

/** German writes ordinals with a dot: what follows it in "3. Oktober" and "20. Jahrhundert". */
export const AFTER_ORDINAL: ReadonlySet<string> = new Set(
  'januar jänner februar märz april mai juni juli august september oktober november dezember jahrhundert jahrhunderts jahrhunderte weltkrieg weltkriegs bundestag bundestags etage stock platz liga geburtstag todestag jahrestag mal runde spieltag'.split(
    ' ',
  ),
)
