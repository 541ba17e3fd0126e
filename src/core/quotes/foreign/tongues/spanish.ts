import { byLastLetter, gendered, inflect, list, set, type Tongue } from '../tongue.ts'

/** Spanish, of Spain and America. */
export const SPANISH: Tongue = {
  code: 'es',
  verbs: new Set([
    ...inflect(
      `afirm declar asegur explic señal indic manifest coment recalc subray destac insist record critic denunci lament confes protest
anunci contest replic aclar precis puntualiz reclam confirm inform detall relat celebr agreg apunt argument sentenci alert rechaz calific
valor consider acus reiter exclam grit bromeó ironiz zanj exig pregunt justific not opin revel plante critiqu adelant apost augur`,
      ['ó', 'a', 'aba', 'aron', 'an', 'ado'],
    ),
    ...list(`
dijo dice decía dijeron dicen dicho escribió escribe escribieron sostuvo sostiene sostuvieron añadió añade añadieron añadido respondió responde
respondieron advirtió advierte advirtieron reconoció reconoce admitió admite admitieron cuenta contó contaba contaron pidió pide pedía pidieron
prometió promete expuso expone concluyó concluye resumió resume repitió repite insiste sugirió sugiere mencionó menciona negó niega defendió defiende
confesó pensó piensa cree creía expresó expresa aseveró asevera recuerda señala cuestionó cuestiona definió define describió describe llamó llama
tildó tilda ríe rio sonríe sonrió siguió sigue prosiguió prosigue continuó continúa aconsejó aconseja comparó compara agradeció agradece
felicitó felicita habló habla tuiteó quejó queja mostró muestra refirió refiere dirigió urgió urge suplicó suplica se-preguntó pronosticó vaticinó`),
  ]),
  impersonal: set(''),
  plural: /(?:ron|an|en)$/,
  verbGender: () => '',
  pronouns: new Map([
    ['él', 'm'],
    ['ella', 'f'],
  ]),
  according: [
    ['según'],
    ['de', 'acuerdo', 'con'],
    ['para'],
    ['en', 'palabras', 'de'],
    ['a', 'juicio', 'de'],
    ['en', 'opinión', 'de'],
  ],
  accordingBehind: set(''),
  roles: gendered({
    m: `señor sr. sr don d. presidente alcalde ministro consejero concejal director gerente gobernador diputado senador secretario embajador juez fiscal
abogado doctor dr. médico enfermero profesor maestro entrenador capitán delantero portero defensa jugador técnico jefe general coronel comandante
portavoz vocero arquitecto ingeniero agricultor ganadero pastor pescador frutero panadero empresario escritor novelista actor cantante
economista historiador vulcanólogo investigador científico vecino jubilado estudiante obispo cardenal papa rey príncipe canciller comisario
bombero policía sindicalista activista dueño propietario fundador obrero padre hermano hijo`,
    f: `señora sra. sra doña presidenta alcaldesa ministra consejera concejala directora gobernadora diputada senadora secretaria embajadora jueza
abogada doctora dra. médica enfermera profesora maestra entrenadora capitana delantera portera jugadora jefa coronela arquitecta ingeniera agricultora
ganadera pastora pescadora frutera panadera empresaria escritora actriz historiadora vulcanóloga investigadora científica vecina jubilada
reina princesa comisaria dueña propietaria fundadora obrera madre hermana hija`,
    any: 'portavoz fiscal juez economista novelista cantante sindicalista activista policía estudiante vocero',
  }),
  roleEnding: undefined,
  given: gendered({
    m: `aurelio adolfo casimiro dragan eloy eusebio fermín gonzalo iker julián lautaro leandro nicanor rogelio antonio josé manuel francisco juan david javier daniel
jesús carlos alejandro miguel rafael pedro pablo ángel sergio fernando jorge luis alberto álvaro diego adrián raúl ramón vicente andrés joaquín
santiago eduardo víctor mario roberto jaime ignacio alfonso ricardo salvador emilio tomás agustín félix martín hugo óscar rubén iván gabriel
marcos guillermo enrique samuel césar lorenzo mariano rodrigo esteban gustavo hernán nicolás facundo matías sebastián ernesto felipe
gerardo germán gilberto gregorio horacio humberto ismael isidro mauricio mateo octavio orlando osvaldo ramiro renato rodolfo saúl simón ulises wilson`,
    f: `amparo berta candela marisol nelly obdulia pilar remedios visitación ximena maría carmen isabel dolores mercedes lucía ana laura cristina marta elena sara paula
raquel rosa beatriz silvia nuria patricia irene julia montserrat rocío alba susana sofía inés esther claudia sonia gloria victoria teresa yolanda
alicia consuelo concepción encarnación asunción soledad rosario milagros luz belén cruz graciela guadalupe leticia liliana lourdes luisa
magdalena margarita mariana mónica noelia norma olga paloma ruth valeria vanesa verónica ximena yesica`,
  }),
  guess: (given) => (/o$/.test(given) ? 'm' : byLastLetter(given)),
  functions: set(`
el la los las lo un una unos unas de del al a en con por para sin sobre entre desde hasta hacia contra según tras ante bajo durante mediante y e o u ni pero sino
que quien quienes cual cuyo donde cuando como si porque aunque mientras él ella ellos ellas nosotros ustedes yo tú se le les me te nos su sus mi mis
este esta estos estas ese esa esos esas aquel aquella esto eso todo toda todos todas cada otro otra otros otras mismo algún alguna algunos varios muchos
no sí ya también tampoco más menos muy tan aún todavía siempre nunca ayer hoy mañana ahora entonces luego después antes lunes martes miércoles jueves
viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre es son era fue ha han había hay está están
ser estar tiene tienen así además sin-embargo dos tres cuatro cinco seis siete ocho nueve diez unos unas rival`),
  prepositions: set(
    'de del al a en con por para sin sobre entre desde hasta hacia contra según tras ante bajo durante mediante',
  ),
  subordinators: set('que quien cuyo donde si porque aunque'),
  organisations:
    list(`ayuntamiento consejería ministerio gobierno junta partido sindicato empresa grupo policía guardia hospital universidad tribunal
audiencia comisión consejo diario periódico agencia radio banco fundación instituto club atlético real deportivo asociación federación generalitat`),
  particles: set('de del y da van von'),
  cases: [''],
  nounsCapital: false,
  dashes: true,
  incises: false,
}
