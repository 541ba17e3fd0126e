import { byLastLetter, gendered, list, set, type Tongue } from '../tongue.ts'

/** German, as papers in Germany, Austria and Switzerland write it. */
export const GERMAN: Tongue = {
  code: 'de',
  verbs: set(`
sagte sagt sagten sagen erklärte erklärt erklärten betonte betont betonten warnte warnt warnten schrieb schreibt schrieben meinte meint meinten
forderte fordert forderten kündigte kündigt kündigten teilte teilt teilten antwortete antwortet ergänzte ergänzt fügte fügt kritisierte kritisiert
kritisierten nannte nennt nannten berichtete berichtet berichteten behauptete behauptet versicherte versichert äußerte äußert äußerten räumte räumt
gestand gesteht gab gibt rief ruft riefen erzählte erzählt erzählen schimpfte schimpft fragte fragt entgegnete entgegnet erwiderte erwidert
bekräftigte bekräftigt begründete begründet bestätigte bestätigt beklagte beklagt bemängelte bemängelt bedauerte bedauert lobte lobt mahnte mahnt
verteidigte verteidigt versprach verspricht sprach spricht sprachen bezeichnete bezeichnet bezeichneten warf wirft warfen verwies verweist
resümierte resümiert urteilte urteilt konterte kontert klagte klagt hob hebt stellte stellt unterstrich unterstreicht zitierte zitiert zog
erinnerte erinnert erläuterte erläutert führte führt fasste fasst freute freut gab hielt hält hieß heißt jubelte jubelt kommentierte kommentiert
machte mutmaßte prognostizierte reagierte reagiert scherzte scherzt schilderte schildert schilderten schwärmte schwärmt spottete verlangte verlangt
wetterte wiederholte wiederholt wies wollte wünschte wünscht zeigte zitterte sah sieht hoffte hofft verkündete verkündet postete twitterte
gesagt erklärt geschrieben gewarnt betont gefordert`),
  impersonal: set('heißt hieß'),
  plural: /(?:ten|sagen|schrieben|riefen|sprachen|warfen|erzählen|nannten)$/,
  verbGender: () => '',
  pronouns: new Map([
    ['er', 'm'],
    ['sie', 'f'],
  ]),
  according: [['laut'], ['nach', 'ansicht', 'von'], ['nach', 'worten', 'von'], ['nach', 'angaben', 'von'], ['so']],
  accordingBehind: set('zufolge'),
  roles: gendered({
    m: `herr bürgermeister oberbürgermeister minister kanzler präsident vorsitzender vorsitzende sprecher direktor chef leiter trainer anwalt
rechtsanwalt richter staatsanwalt sekretär staatssekretär generalsekretär abgeordneter abgeordnete landrat pfarrer professor forscher lehrer schüler
landwirt bauer unternehmer geschäftsführer intendant dezernent stadtrat gemeinderat botschafter general oberst arzt chefarzt experte
ökonom historiker autor schriftsteller regisseur sänger schauspieler stürmer torwart kapitän manager inhaber besitzer betreiber rentner bewohner
anwohner nachbar zeuge fahrer förster jäger imker winzer wirt könig prinz papst kardinal bischof polizist feuerwehrmann kommandant ingenieur
architekt gründer student verteidiger mittelfeldspieler senator gouverneur premier außenminister ministerpräsident`,
    f: `frau bürgermeisterin oberbürgermeisterin ministerin kanzlerin präsidentin sprecherin direktorin chefin leiterin trainerin
anwältin rechtsanwältin richterin staatsanwältin sekretärin landrätin pfarrerin professorin forscherin lehrerin schülerin landwirtin bäuerin
unternehmerin geschäftsführerin intendantin dezernentin botschafterin ärztin expertin ökonomin autorin schriftstellerin regisseurin
rentnerin bewohnerin anwohnerin nachbarin zeugin restauratorin königin besetzerin senatorin`,
    any: 'dr. dr prof. prof dipl.-ing. ing. mag.',
  }),
  roleEnding:
    /(?:minister|kanzler|präsident|vorsitzende[rn]?|sprecher|direktor|chef|leiter|trainer|anwalt|richter|sekretär|abgeordnete[rn]?|rat|rätin|forscher|lehrer|dezernent|vorstand|meister|experte|wirt|arzt|ärztin|besetzer|händler|fahrer|führer|spieler|kapitän|pfleger|schützer|züchter|inhaber|beauftragte[rn]?|manager|obmann|politiker|wissenschaftler|mitarbeiter|gründer|bewohner|bürger|mann|frau|bauer|eigner|berater|reporter|journalist|analyst|historiker|ökonom|kommissar|kommandant)(?:in)?$/,
  given: gendered({
    m: `hans klaus jürgen wolfgang dieter helmut gerhard friedrich heinrich olaf stefan stephan matthias sebastian holger reto beat urs hagen konstantin clemens
nils till jannis ruprecht karl kurt thomas martin andreas michael peter christian markus frank uwe bernd jens sven torsten thorsten ralf rolf dirk jörg
kai lars tim jan lukas leon felix paul max maximilian moritz tobias florian daniel philipp simon david jakob johannes jonas fabian alexander ulrich
werner günter günther manfred horst herbert walter otto ernst georg josef franz anton alois rudolf robert robin oskar emil theo theodor armin boris christoph
detlef eckhard egon erich erwin eugen ferdinand gregor guido gustav harald hartmut heiko heinz hendrik henning hubert ingo joachim jochen jost kaspar
knut leo lothar ludwig lutz marc marcel mario norbert oliver pascal patrick raphael reinhard reinhold richard roland roman rüdiger siegfried
steffen sören tilo timo udo valentin veit viktor volker wilhelm winfried robert armin hans-peter karl-heinz`,
    f: `annegret cornelia friederike ladina meike paulina ronja wiebke leonore sanna angela ursula annalena sahra petra heike birgit ingrid monika sabine
christiane elisabeth anna maria julia laura lena lisa sarah katharina katrin kathrin claudia susanne martina andrea nicole stefanie stephanie
sandra daniela silke anja antje bettina brigitte christa christine daniela dorothea doris edith elke ellen emma erika esther eva franziska
frauke gabriele gerda gisela greta gudrun hanna hannah hannelore helga hilde ilse ines inge irene iris jana jasmin jessica johanna judith jutta
karin karla karoline kerstin kirsten klara lea leonie lotte luise magdalena maja manuela margarete margit marianne marie marlene melanie mia miriam
nadine nadja natalie nina nora olga patricia pia ramona rebecca regina renate rita rosa rosemarie ruth sabrina sigrid silvia simone sina sonja sophia
sophie svenja swantje tanja tatjana theresa ulrike ute vanessa vera verena veronika waltraud yvonne`,
  }),
  guess: byLastLetter,
  functions: set(`
der die das den dem des ein eine einer eines einem einen und oder aber doch denn wenn als wie ob dass weil da während nachdem bevor bis seit obwohl
in im an am auf aus bei beim von vom zu zum zur mit nach vor über unter durch für gegen ohne um wegen trotz laut zwischen neben hinter ab
er sie es wir ihr ich du man sich sein seine seinem seinen seiner ihre ihrem ihren ihrer unser unsere dieser diese dieses diesem diesen jener jene
jede jeder jedes alle allen beide viele einige mehrere wenige kein keine keinen nicht nur auch noch schon bereits erst wieder immer nie jetzt nun dann
danach zuvor vorher zuletzt später gestern heute morgen abends morgens mittags am montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar
märz april mai juni juli august september oktober november dezember hier dort dabei dafür damit dagegen daran darauf daraus darin darüber davon
dazu deshalb deswegen daher trotzdem allerdings jedoch außerdem zudem ferner insgesamt ist sind war waren wird werden wurde wurden hat haben hatte hatten
kann können konnte soll sollen sollte muss müssen musste will wollen wollte darf dürfen mag habe sei seien wäre hätte was wer wo wann warum
so sehr mehr weniger viel wenig etwa rund fast ganz gar ja nein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf beide beiden
scharfe scharfer große großer neue neuer neuen erste erster ersten letzte letzten weitere weiterer dessen deren selbst leiser`),
  prepositions: set(
    'in im an am auf aus bei beim von vom zu zum zur mit nach vor über unter durch für gegen ohne um wegen trotz laut zwischen neben hinter ab seit bis gegenüber',
  ),
  subordinators: set('dass weil ob obwohl wenn der die das welcher welche als nachdem bevor'),
  organisations:
    list(`verein verband ministerium gericht landgericht verwaltungsgericht amtsgericht polizei regierung partei fraktion stadt land gemeinde konzern
unternehmen firma gesellschaft gewerkschaft behörde amt zeitung bote anzeiger kurier nachrichten rundfunk museum universität hochschule klinikum
krankenhaus stiftung institut bank verkehrsbetriebe stadtwerke kommission rat kammer agentur fc sv tsv vfl`),
  particles: set('von van de zu ter'),
  cases: ['', 's', 'es'],
  nounsCapital: true,
  dashes: false,
  incises: false,
}
