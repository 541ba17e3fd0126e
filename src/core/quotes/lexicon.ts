/** Words that the search for speakers must know. Tables of language: nothing here comes from an evaluation row. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean))

/** Words that are no part of a name even when a sentence's start gives them a capital. */
export const FUNCTION_WORDS = set(`
a an the this that these those there here it its he she they we you i me him her them us his hers their theirs our your my mine
who whom whose which what when where why how whether and or but nor so yet for if then than as because since while although though
until unless after before during once in on at by to from of with without within into onto over under about against between among
through across behind beyond despite except like near off out up down per via amid amidst around toward towards upon
is are was were be been being am has have had having do does did doing will would shall should can could may might must
not no yes never ever always often also again still just even only very too more most less least much many some any all both each
every either neither another other others such same own few several one two three four five six seven eight nine ten first second
third last next now today yesterday tomorrow tonight later earlier soon recently meanwhile however moreover furthermore nevertheless
nonetheless instead indeed perhaps maybe finally eventually ultimately initially originally previously currently lately afterward
afterwards asked asking according additionally besides hence thus therefore otherwise similarly likewise rather quite almost nearly
let lets get got go goes going went gone come came make made take took give gave see saw seen know knew known think thought
people nobody everybody everyone someone anyone nothing everything something anything none
well oh ok okay please thanks thank sorry hey hello dear
to-day last-minute told telling speaking writing responding referring citing noting adding calling saying asked pressed
although whatever whenever wherever whoever asked-if apart aside following based given per considering regarding concerning
unlike just simply clearly obviously certainly surely really actually basically essentially generally usually typically
sometimes seldom rarely hardly barely together elsewhere everywhere anywhere nowhere somewhere
asked
`)

/** The same for words that a surname may well be: "Small said" counts where a "Marty Small" is known. */
export const START_WORDS = set(`
sure true false new old good bad great big small long short high low early late right left young best half part half-dozen dozens hundreds
thousands millions critics supporters aides officials sources experts analysts reporters voters protesters police authorities
prosecutors investigators researchers scientists economists lawmakers questions question answer statement reached read watch image photo
photos video
`)

/** Nouns of office that are surnames as often. */
export const SURNAME_ROLES = set(
  'baker judge king prince bishop major priest pope cook driver singer painter hunter page marshal dean duke guard potter porter chef farmer speaker constable fisher',
)

/** Last words of places: no person bears them as a surname without a given name that we know. */
export const LAND_WORDS = set(
  'river lake mountain valley beach bay sea ocean coast desert island islands park square street avenue road hall tower church county creek bridge hills springs heights',
)

/** Time words that stand between a speaker and a verb, or that make a setting. */
export const DAYS = set('monday tuesday wednesday thursday friday saturday sunday today yesterday tonight tomorrow')
export const MONTHS = set(`january february march april may june july august september october november december
jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec.`)
export const TIME_UNITS = set(
  'week month year night day morning afternoon evening weekend summer winter spring fall autumn decade century',
)

/** Prepositions that put what follows below what stands before. */
export const PREPOSITIONS =
  set(`of for in from at to with on by against about behind into over under between among during after before
through near around within without since until despite amid toward towards outside inside including like as than upon via above below`)

/** Words that begin a clause of their own. */
export const CLAUSE_WORDS =
  set(`that when while because although though if whether after before since until unless as where but and or
nor so yet than which who whom whose what how why`)

/** Words that may stand between a subject and its verb. */
export const AUXILIARIES =
  set(`has have had is are was were be been being am will would shall should can could may might must do does did
'd 'll 've 's n't not never also again later then now once recently repeatedly reportedly allegedly famously still already always
often even just only simply previously earlier first further soon immediately subsequently instead thus therefore both all each
himself herself itself themselves didn't hasn't hadn't doesn't wouldn't won't isn't wasn't don't couldn't can't cannot finally
long ago too today ever better rather yesterday likewise similarly quickly nevertheless nonetheless flatly went on eventually
a ont avait avoir ha han hat haben hatte habe è`)

/** Adverbs end so; nouns and names that do as well are listed, since "Kelly said" has a subject. */
export const NOT_ADVERBS = set(
  'family ally reply assembly early daily weekly monthly italy july kelly emily sally billy lily polly molly holly beverly kimberly connolly donnelly bully',
)

export const PRONOUNS = new Map<string, 'm' | 'f' | 'n' | 'plural' | 'me'>([
  ['he', 'm'],
  ['she', 'f'],
  ['it', 'n'],
  ['they', 'plural'],
  ['we', 'me'],
  ['i', 'me'],
  ['il', 'm'],
  ['a-t-il', 'm'],
  ['a-t-elle', 'f'],
  ['dit-il', 'm'],
  ['dit-elle', 'f'],
  ['elle', 'f'],
  ['él', 'm'],
  ['ella', 'f'],
  ['lui', 'm'],
  ['lei', 'f'],
  ['er', 'm'],
  ['він', 'm'],
  ['вона', 'f'],
  ['он', 'm'],
  ['она', 'f'],
]) // prettier-ignore

/** Titles that are always followed by a name. */
export const HONORIFICS = new Map<string, 'm' | 'f' | ''>([
  ['mr.', 'm'],
  ['mr', 'm'],
  ['mrs.', 'f'],
  ['mrs', 'f'],
  ['ms.', 'f'],
  ['ms', 'f'],
  ['miss', 'f'],
  ['sir', 'm'],
  ['lord', 'm'],
  ['lady', 'f'],
  ['dame', 'f'],
  ['dr.', ''],
  ['dr', ''],
  ['prof.', ''],
  ['rev.', ''],
  ['sen.', ''],
  ['rep.', ''],
  ['gov.', ''],
  ['gen.', ''],
  ['lt.', ''],
  ['col.', ''],
  ['sgt.', ''],
  ['capt.', ''],
  ['cmdr.', ''],
  ['adm.', ''],
  ['maj.', ''],
  ['hon.', ''],
  ['sens.', ''],
  ['reps.', ''],
  ['govs.', ''],
  ['det.', ''],
  ['supt.', ''],
  ['cpl.', ''],
  ['pvt.', ''],
  ['brig.', ''],
  ['insp.', ''],
  ['judge', ''],
  ['justice', ''],
  ['herr', 'm'],
  ['frau', 'f'],
  ['m.', 'm'],
  ['mme', 'f'],
  ['mlle', 'f'],
  ['sr.', 'm'],
  ['sra.', 'f'],
  ['señor', 'm'],
  ['señora', 'f'],
  ['signor', 'm'],
  ['signora', 'f'],
  ['pan', 'm'],
  ['pani', 'f'],
  ['пан', 'm'],
  ['пані', 'f'],
  ['st.', ''],
  ['father', 'm'],
  ['sister', 'f'],
  ['brother', 'm'],
  ['king', 'm'],
  ['queen', 'f'],
  ['prince', 'm'],
  ['princess', 'f'],
  ['pope', 'm'],
  ['imam', 'm'],
  ['rabbi', ''],
  ['cardinal', 'm'],
  ['bishop', ''],
  ['archbishop', ''],
  ['sheikh', 'm'],
  ['ayatollah', 'm'],
]) // prettier-ignore

/** Nouns of people: jobs, offices, relations. Before a name they are its role, alone they are an unnamed speaker. */
export const ROLE_NOUNS = set(`
president vice-president ex-president vice secretary general minister premier chancellor chief head leader chair chairman chairwoman
chairperson co-chair co-chairman vice-chairman spokesman spokeswoman spokesperson senator congressman congresswoman representative governor mayor
ambassador envoy commissioner director manager officer executive ceo cfo coo founder co-founder owner partner principal dean
professor lecturer teacher researcher scientist economist analyst strategist adviser advisor consultant counsel lawyer attorney
solicitor barrister prosecutor judge justice magistrate detective inspector sheriff constable commander commodore colonel major captain
lieutenant sergeant corporal private admiral marshal soldier pilot author writer novelist poet historian journalist reporter
correspondent columnist editor publisher host anchor moderator commentator pundit critic blogger producer filmmaker actor actress
comedian singer musician rapper artist painter designer architect engineer developer programmer doctor physician surgeon nurse
neurosurgeon psychologist psychiatrist pediatrician pastor priest reverend bishop archbishop cardinal pope imam rabbi minister
activist organizer organiser campaigner advocate lobbyist donor supporter volunteer voter delegate candidate nominee hopeful
contender challenger incumbent rival opponent frontrunner front-runner billionaire millionaire businessman businesswoman
entrepreneur investor banker trader mogul tycoon magnate developer farmer worker driver student graduate resident neighbor neighbour
witness survivor victim suspect defendant plaintiff veteran refugee immigrant mother father son daughter brother sister wife husband
widow cousin uncle aunt nephew niece grandfather grandmother friend colleague ally aide assistant deputy staffer intern operative
pollster whip speaker member legislator lawmaker councilman councilwoman councillor alderman commissioner treasurer controller
comptroller coordinator superintendent administrator official regulator negotiator diplomat politician statesman monarch king queen prince
princess duke coach player quarterback striker goalkeeper footballer golfer boxer athlete champion expert specialist fellow scholar academic
parliamentarian mep mp md dictator strongman warlord general-secretary secretary-general undersecretary planner guru evangelist televangelist
democrat republican conservative liberal socialist libertarian independent democrats republicans texan host co-host personality
firefighter policeman policewoman cop trooper guard clerk librarian scientist biologist physicist chemist astronaut chef baker
attorney-general solicitor-general prime foreign interior defence defense finance agent
kanzler bundeskanzler bundeskanzlerin außenminister außenministerin verteidigungsminister ministerpräsident präsident präsidentin
sprecher sprecherin chef chefin minister ministerin bürgermeister professor parteichef
président présidente ministre porte-parole chef secrétaire maire député députée sénateur
presidente ministro ministra portavoz alcalde secretario primer portavoce sindaco premier ministro segretario
prezydent premier minister rzecznik rzeczniczka szef
президент прем'єр прем’єр міністр речник речниця голова министр премьер глава спикер председатель секретар секретарь канцлер
`)

/** Role nouns that tell a gender. */
export const ROLE_GENDERS = new Map<string, 'm' | 'f'>([
  ['spokesman', 'm'],
  ['spokeswoman', 'f'],
  ['congressman', 'm'],
  ['congresswoman', 'f'],
  ['chairman', 'm'],
  ['chairwoman', 'f'],
  ['businessman', 'm'],
  ['businesswoman', 'f'],
  ['councilman', 'm'],
  ['councilwoman', 'f'],
  ['actress', 'f'],
  ['mother', 'f'],
  ['father', 'm'],
  ['son', 'm'],
  ['daughter', 'f'],
  ['brother', 'm'],
  ['sister', 'f'],
  ['wife', 'f'],
  ['husband', 'm'],
  ['widow', 'f'],
  ['uncle', 'm'],
  ['aunt', 'f'],
  ['nephew', 'm'],
  ['niece', 'f'],
  ['grandfather', 'm'],
  ['grandmother', 'f'],
  ['king', 'm'],
  ['queen', 'f'],
  ['prince', 'm'],
  ['princess', 'f'],
  ['duke', 'm'],
  ['pope', 'm'],
  ['priest', 'm'],
  ['statesman', 'm'],
  ['policeman', 'm'],
  ['policewoman', 'f'],
  ['présidente', 'f'],
  ['ministra', 'f'],
  ['sprecherin', 'f'],
  ['ministerin', 'f'],
]) // prettier-ignore

/** Words that make a capitalised run an organisation, a work, a place or an event rather than a person. */
export const ORGANISATION_WORDS = set(`
university college school institute institution academy association foundation committee commission council congress senate house parliament
department ministry agency bureau office court tribunal party union league alliance coalition federation organization organisation
society club group team company corporation corp. inc. ltd. llc plc co. bank fund trust partners holdings industries systems
times post news journal herald tribune gazette guardian telegraph examiner globe chronicle observer magazine radio television
tv network press media daily weekly monthly review report today online website facebook twitter instagram youtube google amazon microsoft
apple cnn msnbc nbc cbs abc fox bbc npr pbs espn afp reuters bloomberg breitbart politico buzzfeed associated
center centre hospital clinic church cathedral temple mosque museum library theater theatre stadium arena
highway airport station airlines airways railway hotel tower plaza building
army navy air force forces marines guard corps police patrol military pentagon kremlin nato fbi cia nsa irs epa doj dhs dnc rnc nra naacp aclu
pac campaign movement caucus convention conference summit forum meeting debate award awards prize festival games cup olympics championship
act bill amendment treaty agreement accord deal plan project program programme initiative service services administration
government cabinet white capitol supreme authority board project matter lives street wall county city state states united nations
kingdom republic islands
coalition guild society college academy fellowship watch parenthood planned christian democratic medicare medicaid obamacare isis isil hamas hezbollah taliban al-qaida al-qaeda
religion research survey poll polls index brigade constitution bible quran day week eve christmas easter thanksgiving
super tuesday supreme law studies policy security intelligence affairs justice commerce labor treasury energy education
`)

/** Countries, regions, peoples and large cities. Two words are joined by a space. */
export const PLACES: ReadonlySet<string> = new Set(
  `america africa asia europe australia antarctica england scotland wales ireland britain france germany italy spain portugal
greece turkey türkiye russia ukraine poland hungary romania bulgaria serbia croatia slovenia slovakia austria switzerland belgium netherlands holland
luxembourg denmark norway sweden finland iceland estonia latvia lithuania belarus moldova georgia armenia azerbaijan kazakhstan
uzbekistan china japan korea taiwan vietnam thailand malaysia singapore indonesia philippines india pakistan bangladesh nepal
afghanistan iran iraq syria lebanon israel palestine gaza jordan egypt libya tunisia algeria morocco sudan ethiopia somalia kenya uganda
tanzania rwanda congo nigeria ghana senegal mali niger chad angola zambia zimbabwe mozambique botswana namibia mexico canada cuba haiti
jamaica guatemala honduras nicaragua panama colombia venezuela ecuador peru brazil bolivia chile argentina uruguay paraguay yemen
oman qatar bahrain kuwait cyprus malta crimea donbas kosovo bosnia montenegro albania macedonia czechia greenland
alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana iowa kansas kentucky
louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon
pennsylvania tennessee texas utah vermont wisconsin wyoming washington manhattan brooklyn queens bronx harlem miami
orlando tampa atlanta boston chicago detroit cleveland cincinnati columbus milwaukee minneapolis denver dallas houston austin
phoenix seattle portland philadelphia pittsburgh baltimore charlotte nashville memphis omaha hollywood flint
london paris berlin rome madrid moscow beijing tokyo seoul delhi mumbai cairo jerusalem tehran baghdad damascus kabul kyiv kiev
warsaw prague vienna budapest brussels amsterdam geneva zurich stockholm oslo copenhagen helsinki athens lisbon dublin edinburgh
glasgow manchester liverpool birmingham toronto montreal ottawa vancouver sydney melbourne canberra johannesburg nairobi lagos
istanbul ankara munich hamburg frankfurt milan barcelona havana caracas bogota lima benghazi aleppo mosul tripoli bucharest tallinn riga vilnius
minsk tbilisi kharkiv odesa lviv mariupol kherson donetsk luhansk`
    .split(/\s+/)
    .concat([
      'new york',
      'new jersey',
      'new hampshire',
      'new mexico',
      'new orleans',
      'new england',
      'new zealand',
      'new delhi',
      'north carolina',
      'south carolina',
      'north dakota',
      'south dakota',
      'west virginia',
      'rhode island',
      'los angeles',
      'san francisco',
      'san diego',
      'san antonio',
      'san jose',
      'san bernardino',
      'las vegas',
      'des moines',
      'st. louis',
      'st. paul',
      'salt lake',
      'kansas city',
      'hong kong',
      'north korea',
      'south korea',
      'saudi arabia',
      'south africa',
      'sri lanka',
      'el salvador',
      'costa rica',
      'puerto rico',
      'great britain',
      'middle east',
      'latin america',
      'south america',
      'north america',
      'eastern europe',
      'western europe',
      'wall street',
      'fort worth',
      'palm beach',
      'long island',
      'staten island',
      'silicon valley',
      'capitol hill',
      'trump tower',
      'cedar rapids',
      'soviet union',
      'european union',
      'united states',
      'united kingdom',
      'united nations',
      'white house',
      'super tuesday',
      'bay area',
      'tel aviv',
      'abu dhabi',
      'west bank',
      'buenos aires',
      'rio de janeiro',
      'sao paulo',
      'santa monica',
      'santa fe',
      'baton rouge',
    ]),
) // prettier-ignore

/** Peoples, creeds and parties: before a name they belong to the role, alone they are nobody. */
export const DEMONYMS = set(`
american americans british english scottish welsh irish french german italian spanish portuguese greek turkish russian ukrainian polish
hungarian romanian bulgarian serbian croatian austrian swiss belgian dutch danish norwegian swedish finnish icelandic estonian latvian
lithuanian belarusian moldovan georgian armenian kazakh chinese japanese korean taiwanese vietnamese thai malaysian indonesian
filipino indian pakistani bangladeshi afghan iranian iraqi syrian lebanese israeli palestinian jordanian egyptian libyan tunisian
algerian moroccan sudanese ethiopian somali kenyan nigerian mexican canadian cuban haitian colombian venezuelan brazilian
chilean argentine argentinian saudi yemeni european african asian arab western eastern northern southern latino latina hispanic
black white jewish muslim christian catholic protestant evangelical mormon hindu buddhist sikh
democrat democrats democratic republican republicans gop conservative conservatives liberal liberals libertarian socialist
progressive progressives independent independents labour tory tories green greens communist nazi marxist
russians ukrainians germans muslims jews christians catholics latinos hispanics blacks whites israelis palestinians iranians europeans
texan californian floridian iowan u.s. u.k. u.n. eu e.u. us uk un former ex late then-candidate
`)

/** Given names that mostly one gender bears: evidence for a person, and for "he" or "she". */
export const MALE_NAMES = set(`
james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul
andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry
justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry tyler aaron jose adam henry nathan
douglas zachary peter kyle walter ethan jeremy harold keith christian roger noah gerald carl terry sean austin arthur lawrence
jesse dylan bryan joe billy bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell elijah louis bobby
philip johnny phillip steve mike jim bob bill tom tim dan dave ron ken rick rich rob jeff greg matt chris tony nick ben sam alex max
fred ted ed eddie jimmy tommy danny andy pete stan phil doug chuck hank herb hugh ian ivan karl kurt leo leon lou luke marcus mario marc
marco martin marvin mitch mitchell neil nelson norman oliver oscar otto pedro rafael ray reggie rex rodney roland rudy ruben russ
salvador sidney simon stuart ted theodore todd travis trent trevor victor vladimir wade warren wesley barack bernie newt mitt reince
rand lindsey marco carlos luis miguel jorge francisco antonio manuel fernando diego javier sergio pablo ricardo eduardo roberto
alejandro alberto enrique hans klaus jürgen wolfgang dieter helmut gerhard friedrich heinrich olaf stefan matthias sebastian
jean pierre jacques françois emmanuel nicolas philippe michel andré alain henri rené yves giuseppe giovanni matteo luca paolo silvio
mohammed muhammad mohamed ahmed ali hassan hussein omar khalid abdullah ibrahim mahmoud yusuf mustafa recep volodymyr viktor
petro oleksandr andriy dmytro serhiy mykola yuri dmitry sergei sergey alexei aleksandr igor oleg boris mikhail nikolai andrei jens
lars erik nils sven anders donnie jeb jared corey brad brett brent brendan blake carter cameron chad clint cliff clay colin corey craig curtis dale darren darrell
dean derek derrick don drew duncan dwight earl edwin elliott elmer ernest everett felix floyd francis gavin gene geoffrey gilbert glen glenn
gordon graham grant guy harry harvey herbert herman homer howard hunter irving isaac jake jamie jay jerome joel jon jordan josh julian
julius keir kent kirk kris lance lee leonard leroy les lester lewis lloyd lyle malcolm manny marty maurice max melvin micah miles milton
morris murray nate ned nigel noel orlando owen percy perry preston quentin ralph randall randolph reed roderick roman ross rupert
rusty sandy saul seth shane shaun shawn spencer stanley sterling tad tariq tate toby trey tyrone vernon vince virgil wendell will
willard winston zach zack jd jr. narendra xi shinzo benjamin bashar kofi ban antónio mateusz donald andrzej jarosław piotr tomasz
krzysztof lech marek rishi sadiq boris nigel jeremy ed alastair alistair angus callum ewan hamish liam conor declan kieran niall
juan santiago alfonso arturo cesar emilio ernesto esteban felipe gerardo gilberto guillermo hector hugo ignacio jaime joaquin julio
lorenzo marcelo mauricio nestor octavio orlando ramon raul rodrigo salvador tomas vicente
`)
export const FEMALE_NAMES = set(`
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily donna
michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen angela shirley emma brenda pamela
nicole anna samantha katherine christine debra rachel carolyn janet maria catherine heather diane olivia julie joyce victoria ruth
virginia lauren kelly christina joan evelyn judith andrea hannah megan cheryl jacqueline martha madison teresa gloria sara janice ann
kathryn abigail sophia frances jean alice judy isabella julia grace amber denise danielle marilyn beverly charlotte natalie theresa
diana brittany doris kayla alexis lori marie hillary carly sarah melania ivanka kellyanne nikki elena sonia kamala tulsi kirsten
jill jane jan jenny jen jess jo joanna joanne jodi josephine juanita judy june kate kathy katie katy kay kim kris kristen
kristin krista leah lena leslie lillian lily lorraine lucy lydia lynn lynne mabel maggie marcia marcy maureen maxine megyn mia mildred
mindy miranda molly monica nadia naomi natasha nina nora norma pam pat patty paula pauline peggy penny phyllis priscilla rhonda rita
roberta robin rosa rose rosemary roxanne sabrina sally sandy shannon sheila shelly sherry sheryl stacy stella sue susanna suzanne
sylvia tamara tammy tanya tara tiffany tina toni tracy vanessa vera veronica vicki vivian wanda wendy yolanda yvonne zoe
angela ursula annalena sahra petra heike birgit ingrid monika sabine marine ségolène valérie brigitte christiane hélène
camille claire céline françoise isabelle sophie giorgia giulia chiara francesca elisabetta maría carmen isabel dolores pilar mercedes
lucía ana beata ewa agnieszka małgorzata olena oksana iryna yulia tetiana natalia svetlana olga tatiana ekaterina irina ludmila elvira
aisha fatima khadija leila malala mariam zainab theresa nicola ruth priti liz yvette harriet jacinda sanna mette kaja ingrid
debbie donna dana daisy dawn deb diana dianne edith eileen elaine eleanor ella ellen eloise erica erin esther eva eve faith fay fiona
florence gail georgia geraldine gina ginger gladys glenda gretchen gwen hazel heidi helen hilary holly hope ida irene iris ivy jackie
abby ada adele adriana agnes alexandra alicia alison allison alma amelia anita anne annette annie antonia april arlene audrey
becky belinda bernadette bernice bertha bessie beth bonnie bridget caitlin candace candice carla carmen carole caroline carrie cassandra
cathy cecilia celia chelsea christy cindy clara claudia colleen connie constance cora courtney crystal donna huma loretta mazie
tammy claire barbara dianne patty debbie loretta condoleezza samantha susan valerie sally
`)
/** Given names of both, for the evidence of a person only. */
export const OTHER_NAMES = set(`
robin kelly leslie jamie casey dana jordan taylor morgan alex pat sam chris terry tracy jean kim lee lynn sandy shannon stacy cory jody
reince sasha kerry dale jackie lindsay ashley drew blair quinn riley skyler avery cameron hayden rory sydney
ben-gurion xavier yasmin kwame jamal latoya deshawn lamar rashad andre darnell terrell malik ta-nehisi deray
`)

/** Abbreviations whose dot ends no sentence; without the dot. */
export const ABBREVIATIONS = set(`
mr mrs ms dr sen sens rep reps gov govs gen lt col sgt capt cmdr adm maj rev hon prof st ste jr sr inc corp co ltd llc no nos vs etc
jan feb mar apr jun jul aug sept sep oct nov dec mt ft ave blvd rd det supt cpl pvt brig insp messrs mme mlle dept univ assn bros est
ala ariz ark calif colo conn del fla ga ill ind kan kans ky la md mass mich minn miss mo mont neb nev okla ore pa penn tenn tex vt va wash
wis wyo ph approx dist pres vp sra esq al cf ed eds fig vol pp op bzw ca ggf z usw dr prof
`)
/** The same that always stand before a name or number: the next capital is never a new sentence. */
export const TITLE_ABBREVIATIONS =
  set(`mr mrs ms dr sen sens rep reps gov govs gen lt col sgt capt cmdr adm maj rev hon prof st messrs mme
mlle det supt cpl pvt brig insp vs no mt ft sra pres`)

/** Small words inside a name. */
export const NAME_PARTICLES = set(
  'de la le du del della der den van von bin ibn al el dos da di al- ben ter zu bar abu',
)
export const NAME_SUFFIXES = set('jr. jr sr. sr ii iii iv')

/** Unnamed speakers beside the role nouns: when one of these says it, nobody named does. */
export const SPEAKER_NOUNS = set(`
statement report letter email memo campaign group company agency department ministry committee commission organization organisation
newspaper paper magazine website site article editorial op-ed story ad advertisement video poster sign banner poll survey study book document
documents lawsuit complaint ruling opinion order indictment filing release transcript post tweet message headline caption
official officials aide aides source sources critics supporters analysts experts lawmakers senators congressmen members leaders
protesters crowd audience man woman men women boy girl people person someone others many some one another team board panel union party
government administration court police authorities prosecutors investigators residents witnesses voters students
republicans democrats conservatives liberals activists journalists reporters editors economists scientists researchers doctors
spokespeople spokesmen strategists operatives advisers advisors consultants donors delegates organizers allies
`)

/** What stands before the name of a work ("her novel "The Long River""). */
export const WORK_WORDS = set(`
book books novel novels memoir memoirs biography autobiography film films movie documentary play musical opera song single album essay
poem story sequel bestseller series show episode titled entitled untitled
roman film buch band stück lied titel livre ouvrage chanson titre libro novela película canción titulado titulada romanzo canzone livro
книга книги книге книгу книзі роман романі фильм фильме фільм фільмі песня пісня książka książce film piosenka kitap kitabı roman filmi
`)
