import { byLastLetter, gendered, inflect, list, set, type Tongue } from '../tongue.ts'

/** French. */
export const FRENCH: Tongue = {
  code: 'fr',
  verbs: new Set([
    ...inflect(
      `déclar affirm expliqu ajout estim assur lanc précis soulign indiqu martel confi dénonc racont rappel insist annonc regrett
répliqu rétorqu justifi not observ constat résum critiqu accus tonn gliss témoign détaill conseill déplor salu promett souhait réclam
demand pest ironis avou reconnaîtr tweet jur souffl murmur cri plaid argument not signal considér jug qualifi évoqu protest contest`,
      ['e', 'é', 'ait', 'a', 'aient', 'ent', 'èrent'],
    ),
    ...list(`
dit disait disent écrit écrivait écrivent averti avertit prévient prévenu réagit réagi répond répondu répondait poursuit poursuivi conclut conclu
reconnaît reconnu promet promis sourit soupire soupiré maintient maintenu soutient soutenu admet admis prétend prétendu lance lançait annonce
annonçait dénonce dénonçait fustige fustigé rappelle appelle appelé craint craignait espère espéré rassure rassuré renchérit renchéri s'inquiète
s'indigne s'exclame inquiète inquiété indigne indigné exclame exclamé interroge interrogé félicite félicité réjouit réjoui défend défendu
désole désolé parle parlé parlait veut voulait reprend repris enchaîne enchaîné commente commenté relève relevé pointe pointé requiert lâche lâché
insiste tranche tranché répète répété avance avancé certifie certifié alerte alerté décrit énumère juge tacle taclé ironise voit croit pense
considère décrète décrété tempère tempéré nuance nuancé concède concédé répondit ajouta expliqua déclara affirma demanda`),
  ]),
  impersonal: set(''),
  plural: /(?:aient|ent|èrent)$/,
  verbGender: () => '',
  pronouns: new Map([
    ['il', 'm'],
    ['elle', 'f'],
  ]),
  according: [['selon'], ["d'", 'après'], ['pour'], ['aux', 'dires', 'de'], ['de', "l'", 'avis', 'de']],
  accordingBehind: set(''),
  roles: gendered({
    m: `m. monsieur président directeur ministre maire député sénateur préfet procureur avocat juge professeur docteur entraîneur capitaine attaquant
gardien vigneron agriculteur éleveur boulanger pêcheur patron chef général colonel commandant conseiller adjoint délégué porte-parole secrétaire
chercheur historien économiste écrivain romancier réalisateur acteur chanteur syndicaliste militant habitant voisin retraité étudiant évêque
cardinal pape roi prince ambassadeur commissaire gouverneur chancelier infirmier médecin pompier policier gendarme ingénieur architecte fondateur
gérant propriétaire restaurateur artisan ouvrier père frère fils mari oncle`,
    f: `mme madame mlle présidente directrice sénatrice préfète procureure avocate entraîneuse vigneronne agricultrice éleveuse boulangère
patronne cheffe générale conseillère adjointe déléguée chercheuse historienne écrivaine romancière réalisatrice actrice chanteuse militante habitante
voisine retraitée étudiante reine princesse ambassadrice gouverneure chancelière infirmière pompière policière ingénieure fondatrice gérante
mère sœur fille députée`,
    any: `maire ministre porte-parole juge secrétaire économiste syndicaliste propriétaire architecte commissaire me maître dr pr`,
  }),
  roleEnding: undefined,
  given: gendered({
    m: `jean pierre jacques françois emmanuel nicolas philippe michel andré alain henri rené yves paul louis gaspard thibault édouard firmin octave rémi ludovic
corentin hugo blaise anatole antoine arthur bernard bruno charles christian christophe claude cyril damien daniel david denis didier dominique
éric étienne fabien fabrice florent franck frédéric gabriel georges gérard gilles grégory guillaume gustave hervé hubert jérémy jérôme joël joseph julien
laurent léo léon lionel loïc luc lucas marc marcel martin mathieu matthieu maurice maxime mickaël noël olivier pascal patrice patrick quentin raphaël
raymond richard robert roger romain samuel sébastien serge simon stéphane sylvain théo théodore thierry thomas tristan valentin victor vincent
xavier yann yannick jean-pierre jean-luc jean-marie jean-claude jean-michel`,
    f: `marie bérengère clémence josiane malika aurore yvonne nolwenn anne-marie solène manon enora agnès alice amélie anaïs anne annie audrey béatrice brigitte
camille carole caroline catherine cécile céline chantal charlotte chloé christine claire clara colette corinne delphine denise dominique édith
élise élodie émilie emma estelle éva fabienne florence françoise gabrielle geneviève hélène inès isabelle jacqueline jeanne joëlle joséphine
julie juliette karine laetitia laure laurence léa louise lucie madeleine margaux marguerite marianne marine marion martine mathilde mélanie michèle
monique muriel nadège nathalie nicole noémie odile pascale patricia pauline rachel sandrine sarah ségolène simone sophie stéphanie suzanne sylvie
thérèse valérie véronique virginie zoé`,
  }),
  guess: byLastLetter,
  functions: set(`
le la les l' un une des de du d' au aux à en dans sur sous par pour avec sans chez vers entre depuis pendant avant après contre selon et ou mais donc or ni
car que qu' qui quoi dont où si comme quand lorsque puisque parce il elle ils elles on nous vous je j' tu se s' me m' te t' lui leur leurs y ne n' pas plus
son sa ses mon ma mes notre nos votre vos ce c' cet cette ces cela ça tout tous toute toutes chaque plusieurs quelques aucun aucune autre autres même
est sont était étaient a ont avait avaient sera seront fait peut doit hier aujourd'hui demain lundi mardi mercredi jeudi vendredi samedi dimanche janvier
février mars avril mai juin juillet août septembre octobre novembre décembre ici là alors ainsi aussi encore déjà toujours jamais enfin ensuite puis
pourtant cependant toutefois deux trois quatre cinq six sept huit neuf dix soixante-dix très trop bien mal peu d'après nouveau`),
  prepositions: set(
    "de du des d' à au aux en dans sur sous par pour avec sans chez vers entre depuis pendant avant après contre selon devant",
  ),
  subordinators: set("que qu' qui dont où si lorsque quand"),
  organisations:
    list(`association ministère gouvernement mairie région département syndicat parti groupe société entreprise tribunal cour police préfecture
fédération collectif union chambre école université hôpital comité commission conseil journal agence radio télévision banque fondation institut club`),
  particles: set("de du d' van von ben el"),
  cases: [''],
  nounsCapital: false,
  dashes: true,
  incises: true,
}
