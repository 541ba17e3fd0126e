import { bySurname, gendered, inflect, list, set, type Tongue } from '../tongue.ts'

/** Polish. */
export const POLISH: Tongue = {
  code: 'pl',
  verbs: new Set([
    ...inflect(
      `powiedzia mówi stwierdzi podkreśli doda oświadczy napisa zaznaczy oceni zapewni wyjaśni przyzna odpowiedzia zauważy wspomina
poinformowa ogłosi zapowiedzia ostrzeg tłumaczy przekonywa apelowa zaapelowa krytykowa skrytykowa skomentowa komentowa argumentowa uzna
twierdzi relacjonowa opowiada opowiedzia pyta zapyta zwróci przypomnia podsumowa zażąda przekaza wskaza nazwa określi zarzuci odpar rzuci
żartowa zażartowa westchn wyzna zdradzi potwierdzi zadeklarowa obieca wezwa ujawni zakończy pisa krzykn mówi wyliczy ubolewa uspokaja zaproponowa
zaprzeczy zasugerowa zwierzy`,
      ['ł', 'ła', 'ło', 'li', 'ły'],
    ),
    ...list(`
mówi mówią powie stwierdza stwierdzają podkreśla podkreślają dodaje dodają oświadcza pisze piszą zaznacza zaznaczają ocenia oceniają zapewnia
zapewniają wyjaśnia wyjaśniają przyznaje przyznają odpowiada odpowiadają zauważa zauważają wspomina wspominają informuje informują ogłasza zapowiada
zapowiadają ostrzega ostrzegają tłumaczy tłumaczą przekonuje przekonują apeluje apelują krytykuje komentuje argumentuje uważa uważają twierdzi
twierdzą relacjonuje opowiada pyta pytają przypomina podsumowuje żąda żądają przekazuje wskazuje nazywa określa zarzuca żartuje wzdycha
wyznaje zdradza potwierdza deklaruje obiecuje wzywa rzekł rzekła odrzekł odrzekła odparł odparła ostrzegł ostrzegła westchnął westchnęła
sądzi kwituje skwitował skwitowała kontynuuje kontynuował kontynuowała monitoruje odrzuca odrzucił odrzuciła cieszy cieszył martwi dziwi`),
  ]),
  impersonal: set('poinformowano podano przekazano czytamy napisano'),
  plural: /(?:li|ły|ją|zą|ło|no)$/,
  verbGender: (verb) => (verb.endsWith('ła') ? 'f' : verb.endsWith('ł') ? 'm' : ''),
  pronouns: new Map([
    ['on', 'm'],
    ['ona', 'f'],
  ]),
  according: [['według'], ['zdaniem'], ['jak', 'podkreśla'], ['w', 'ocenie'], ['w', 'opinii']],
  accordingBehind: set(''),
  roles: gendered({
    m: `pan prezydent prezes premier minister burmistrz wójt starosta radny poseł senator dyrektor kierownik rzecznik przewodniczący sekretarz
lekarz profesor trener kapitan napastnik bramkarz sędzia prokurator adwokat mecenas komendant generał pułkownik ksiądz biskup arcybiskup kardynał
papież król nauczyciel rolnik hutnik górnik motorniczy kierowca strażak policjant inżynier architekt naukowiec historyk ekonomista pisarz reżyser
aktor przedsiębiorca właściciel emeryt mieszkaniec sąsiad student ambasador marszałek wojewoda leśnik rybak szef lider działacz ekspert pielęgniarz`,
    f: `pani posłanka radna senatorka ministra dyrektorka kierowniczka rzeczniczka przewodnicząca sekretarka lekarka profesorka trenerka sędzina
prokuratorka adwokatka nauczycielka rolniczka inżynierka architektka naukowczyni historyczka ekonomistka pisarka reżyserka aktorka
właścicielka emerytka mieszkanka sąsiadka studentka ambasadorka szefowa liderka działaczka ekspertka pielęgniarka burmistrzyni wójtka prezeska`,
    any: 'dr dr. prof. prof inż. mec. ks. gen. płk bp prezydent starosta burmistrz wójt prezes premier minister dyrektor rzecznik sędzia wojewoda',
  }),
  roleEnding: undefined,
  given: gendered({
    m: `adam adrian andrzej antoni arkadiusz artur bartłomiej bartosz błażej bogdan bogusław cezary czesław damian daniel dariusz dawid dominik edward eugeniusz
filip franciszek grzegorz henryk hubert ignacy igor ireneusz jacek jakub jan janusz jarosław jerzy józef julian kacper kamil karol kazimierz
konrad krzysztof krystian lech leszek ludwik łukasz maciej marcin marek marian mariusz mateusz michał mieczysław mikołaj mirosław norbert
oskar patryk paweł piotr przemysław radosław rafał robert roman ryszard sebastian sławomir stanisław stefan szymon tadeusz tomasz waldemar
wiesław wiktor witold władysław włodzimierz wojciech zbigniew zdzisław zenon zygmunt`,
    f: `agata agnieszka aleksandra alicja anna barbara beata bogumiła bożena danuta dominika dorota edyta elżbieta ewa ewelina gabriela grażyna halina hanna helena
ilona irena iwona izabela jadwiga janina joanna jolanta julia justyna kamila karolina katarzyna kinga krystyna lidia lucyna magdalena małgorzata
maria marta marzena monika natalia nina olga patrycja paulina renata sylwia teresa urszula wanda weronika wiesława zofia zuzanna`,
  }),
  guess: bySurname,
  functions: set(`
a i oraz lub albo ale lecz jednak więc zatem bo ponieważ gdyż że żeby aby gdy kiedy jeśli jeżeli choć chociaż jak jako niż niech czy co kto który która które
którzy w we z ze na po pod nad przed za do od dla bez przez przy o u ku między wśród według wobec obok podczas mimo oprócz on ona ono oni one ja ty my wy się
go jego jej ich im mu ją nim nią mnie nas was ten ta to ci te tego tej tych tym tę tam tu tutaj teraz wtedy potem później wcześniej już jeszcze też
także również nie tak tylko bardzo więcej mniej wczoraj dziś dzisiaj jutro poniedziałek wtorek środa czwartek piątek sobota niedziela jest są był
była było byli były będzie będą może mogą ma mają został została swój swoje swoim wszystko wszyscy każdy każda dwa dwie trzy cztery pięć piąty inni
sam sama zdaniem rywal najbliższa decyzji`),
  prepositions: set(
    'w we z ze na po pod nad przed za do od dla bez przez przy o u ku między wśród według wobec obok podczas mimo oprócz',
  ),
  subordinators: set('że żeby aby który która które gdy jeśli ponieważ bo'),
  organisations:
    list(`ministerstwo urząd rząd sejm senat partia komitet komisja zarząd szpital sąd prokuratura policja straż instytut uniwersytet spółka
firma związek fundacja stowarzyszenie gazeta dziennik radio radiem radia telewizja agencja bank klub głos`),
  particles: set('de von van'),
  cases: [
    '',
    'a',
    'y',
    'i',
    'e',
    'ę',
    'ą',
    'o',
    'u',
    'em',
    'owi',
    'ie',
    'iem',
    'ego',
    'emu',
    'ej',
    'im',
    'ym',
    'iego',
    'iemu',
    'iej',
    'ia',
    'ii',
    'ią',
    'ię',
  ],
  nounsCapital: false,
  dashes: true,
  incises: false,
}
