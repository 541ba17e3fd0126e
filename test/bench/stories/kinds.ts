/** Kinds of events, each fact told in several ways, parted by " | ". {slots} are filled with invented names: nothing here happened. */

export type Telling = Readonly<{ titles: string; facts: readonly string[] }>
/** `next` is what happens a day later, if anything: another event. */
export type Kind = Telling & Readonly<{ next?: Telling }>

export const KINDS: readonly Kind[] = [
  {
    titles:
      'Storm cuts power to {n} homes in {town} | {town} in the dark after storm tears down lines | Thousands without electricity as gale hits {region} coast',
    facts: [
      'A storm that reached {town} on {day} night left {n} homes without power. | Some {n} households in {town} have had no electricity since {day}, when a storm tore down lines. | Gales brought down power lines around {town} late on {day}, cutting off {n} homes.',
      'Crews of the utility {firm} hope to restore the grid by the weekend. | {firm}, which runs the network, said repairs would take two or three days. | The network operator {firm} has sent forty crews to mend the lines.',
      '“We have candles and that is all,” said {man}, who lives by the harbour. | The harbour resident {man} said his family was living by candlelight. | {man}, a fisherman, said he had never seen such waves.',
      'Mayor {woman} opened the sports hall to people who need warmth. | The sports hall serves as a shelter, {town} mayor {woman} said. | “Come and get warm,” mayor {woman} told residents, opening a gymnasium.',
      'Winds of 140 kilometres an hour were measured at the lighthouse. | The lighthouse recorded gusts of 140 kph, the weather office said. | The weather office measured gusts of up to 140 kilometres per hour.',
    ],
    next: {
      titles: '{firm} faces inquiry over {town} outage | Regulator to examine why {town} grid failed',
      facts: [
        'The energy regulator opened an inquiry into {firm} after the outage in {town}. | An investigation will examine whether {firm} neglected its network around {town}, the regulator said.',
        'Maintenance budgets of {firm} were halved five years ago, records show. | Inspectors will study maintenance records that {firm} kept since its budgets were cut.',
        '“We shall answer every question,” the utility’s director {man2} said. | Director {man2} promised to hand over all documents to the watchdog.',
      ],
    },
  },
  {
    titles:
      '{leader} resigns as {country} minister over land deal | {country} interior minister steps down in land affair | Land deal costs {leader} her post in {country}',
    facts: [
      'Interior minister {leader} of {country} resigned on {day} over the sale of public land to a relative. | {leader}, the interior minister of {country}, stepped down {day} after reports that public land went to her cousin. | {country} lost its interior minister on {day}, when {leader} quit over a land sale that favoured her family.',
      'The weekly {paper} had published the contract, signed at a tenth of the market price. | According to {paper}, the plot was sold for a tenth of its market value. | The contract came to light in {paper}, which put the price at a tenth of what neighbours paid.',
      '“I leave so that the government can work in peace,” {leader} said in a letter. | In a letter {leader} wrote that she wanted to spare the cabinet a quarrel. | {leader} denied wrongdoing in a letter to the prime minister.',
      'The opposition leader {man} called for new elections. | {man} of the opposition said that one head was not enough and demanded a vote. | Opposition politicians led by {man} want the whole cabinet to go.',
      'Deputy {man2} will run the ministry until a successor is named. | Her deputy, {man2}, takes over for now. | The prime minister put {man2} in charge of the interior ministry for the time being.',
    ],
    next: {
      titles: '{country} names {woman} interior minister | {woman} takes over interior ministry in {country}',
      facts: [
        'The judge {woman} became interior minister of {country} on {nextday}, succeeding {leader}. | {country}’s new interior minister is {woman}, a judge, the prime minister announced {nextday}.',
        '{woman} promised to publish every sale of state property. | All sales of state property will be put online, {woman} vowed at her swearing-in.',
        'She has led the court of auditors since 2024. | {woman} came from the court of auditors, where she is known as strict.',
      ],
    },
  },
  {
    titles:
      'Earthquake of magnitude 6.1 shakes {region}, killing {k} | At least {k} dead after quake near {town} | {town}: houses collapse in strong earthquake',
    facts: [
      'An earthquake of magnitude 6.1 struck near {town} in {region} early on {day}, killing at least {k} people. | At least {k} people died when a quake measuring 6.1 hit the {region} town of {town} before dawn on {day}. | Houses collapsed in {town}, {region}, as a 6.1 magnitude earthquake struck on {day}; at least {k} deaths are confirmed.',
      'Rescuers dug with their hands for people under the rubble of a school. | A school collapsed, and rescue teams were searching the rubble for pupils. | Teams with dogs searched the ruins of the town’s school.',
      '“The ground rolled like the sea,” said the baker {man}. | {man}, a baker, said he ran into the street as walls fell. | The baker {man} told how his shop fell down behind him.',
      'The geological institute in {city} placed the epicentre at a depth of ten kilometres. | The epicentre lay ten kilometres below the surface, seismologists in {city} said. | Seismologists in {city} warned of aftershocks in the coming days.',
      'President {leader} declared three days of mourning. | Three days of mourning were ordered by president {leader}. | {leader}, the president, is to visit the ruins tomorrow.',
    ],
  },
  {
    titles:
      '{firm} to buy rival {firm2} for {m} billion | {firm} and {firm2} agree on {m} billion merger | Takeover: {firm2} goes to {firm}',
    facts: [
      'The shipping company {firm} said on {day} that it would buy its competitor {firm2} for {m} billion crowns. | {firm} is taking over {firm2} in a deal worth {m} billion crowns, the two carriers announced {day}. | Two carriers become one: {firm} pays {m} billion crowns for {firm2}, they said on {day}.',
      'Shareholders of {firm2} get a premium of thirty per cent over the last price. | The offer is thirty per cent above the closing price of {firm2} shares. | {firm2} stock jumped by a quarter after the offer.',
      'Chief executive {woman} will lead the combined fleet of 210 vessels. | The merged group with its 210 ships will be run by {woman}. | “Together we own 210 ships,” said chief executive {woman}.',
      'Unions fear for 900 jobs at the head office in {city}. | Some 900 posts in {city} are doubled, union secretary {man} warned. | The union’s {man} expects 900 people in {city} to lose their work.',
      'Competition authorities must approve the deal. | The merger needs the consent of antitrust authorities in four countries. | Antitrust officials will look at the routes to the north.',
    ],
  },
  {
    titles:
      '{man} jailed for {k} years over {city} bank fraud | Court in {city} sentences {man} to {k} years | Ex-banker {man} guilty of fraud, gets {k} years',
    facts: [
      'A court in {city} sentenced the former banker {man} to {k} years in prison for fraud on {day}. | The ex-banker {man} must go to jail for {k} years, judges in {city} ruled {day}. | {man}, once the head of {firm}, was found guilty of fraud on {day} and given {k} years.',
      'He had moved the savings of 3,000 customers to accounts on an island. | Savings of some 3,000 clients vanished into island accounts that he controlled. | Prosecutors said 3,000 people lost their savings to shell companies.',
      '“You betrayed those who trusted you,” judge {woman} said. | Judge {woman} spoke of a betrayal of trust. | The presiding judge, {woman}, called the scheme shameless.',
      'His lawyer {man2} said that he would appeal. | Defence counsel {man2} announced an appeal. | {man2}, for the defence, called the verdict wrong and will appeal.',
      'Victims in the gallery wept and clapped. | There was applause from victims when the verdict was read. | Pensioners who lost their money followed the verdict in the courtroom.',
    ],
  },
  {
    titles:
      '{country} and {country2} sign border accord in {city} | Border pact ends dispute of {country} and {country2} | {leader} hails accord with {country2}',
    facts: [
      '{country} and {country2} signed an accord on their border at a summit in {city} on {day}. | After six years of talks {country} and {country2} have agreed where their border runs; the pact was signed in {city} {day}. | In {city} the leaders of {country} and {country2} on {day} put their names to a border treaty.',
      'The river Anse becomes the line, and both sides may fish in it. | The treaty makes the Anse river the frontier and leaves fishing to both. | Both countries keep fishing rights on the Anse, which will mark the frontier.',
      '“Our children will not know this quarrel,” prime minister {leader} said. | Prime minister {leader} spoke of a gift to the next generation. | {leader}, the prime minister of {country}, called it the end of a long quarrel.',
      '{man}, her counterpart from {country2}, said that the first ferries would sail in May. | Ferries are to sail again from May, said {man} for {country2}. | {country2}’s head of government, {man}, promised ferries from May.',
      'Both parliaments have to ratify it. | The pact still needs a vote in the two parliaments. | Lawmakers of both countries will vote on the treaty in autumn.',
    ],
    next: {
      titles:
        'Nationalists in {country} protest against border accord | Thousands march in {country} against treaty with {country2}',
      facts: [
        'Thousands marched through the capital of {country} on {nextday} against the border treaty with {country2}. | Protesters filled the capital of {country} {nextday}, a day after the accord with {country2}.',
        'Police used water cannon near the parliament and detained 40 people. | Forty demonstrators were detained as police with water cannon guarded the parliament.',
        '“They sold our river,” the nationalist {man2} shouted from a lorry. | {man2}, who leads the nationalists, accused the government of treason.',
      ],
    },
  },
  {
    titles:
      'Drones hit fuel depot in {town}, {country} says | Fuel depot burns in {town} after drone attack | {country} reports drone strike on {town} depot',
    facts: [
      'Drones struck a fuel depot near {town} in the night to {day}, setting three tanks on fire, the defence ministry of {country} said. | A fuel depot in {town} was burning on {day} after an attack with drones, authorities in {country} reported. | Three tanks of a fuel depot caught fire near {town} when drones attacked overnight, {country}’s military said {day}.',
      'Air defence shot down {k} of them, spokesman {man} said. | {k} drones were intercepted, according to the military spokesman {man}. | The spokesman {man} put the number of drones brought down at {k}.',
      'Governor {woman} asked residents to keep their windows shut because of the smoke. | Smoke drifted over the city, and governor {woman} told people to stay indoors. | Schools stayed closed because of the smoke, governor {woman} wrote.',
      'Nobody claimed the attack. | No one has claimed responsibility. | {country2} did not comment.',
      'The depot supplies the railway junction and an air base. | Trains and an air base are supplied from the depot. | The site feeds an air base to the south.',
    ],
  },
  {
    titles:
      '{club} beat {club2} {k}-2 to win the cup | {man} scores twice as {club} lift the cup | Cup final: {club2} lose to {club}',
    facts: [
      '{club} won the national cup on {day}, beating {club2} {k}-2 in {city}. | The cup goes to {club}: they defeated {club2} {k}-2 in the final in {city} on {day}. | In front of 40,000 in {city}, {club} overcame {club2} {k}-2 in the cup final on {day}.',
      'Forward {man} scored twice before half-time. | {man} struck two goals in the first half. | Two goals by {man} decided the match early.',
      '“My players ran until they dropped,” coach {man2} said. | Coach {man2} praised the stamina of his side. | The coach, {man2}, was carried around the pitch.',
      '{club2} had a man sent off in the 60th minute. | A red card after an hour left {club2} with ten men. | After an hour {club2} played with ten.',
    ],
  },
  {
    titles:
      'Doctors in {country} begin strike over night shifts | Strike empties wards in {country} | {country}: hospital doctors walk out',
    facts: [
      'Hospital doctors across {country} walked out on {day} in a dispute over night shifts. | A strike of hospital doctors began in {country} on {day}; they want fewer night shifts. | Wards were half empty in {country} on {day} as doctors stopped work over night duties.',
      'The union, led by {woman}, wants shifts cut to twelve hours. | {woman}, who heads the doctors’ union, demands shifts of twelve hours at most. | Shifts must not exceed twelve hours, union chief {woman} said.',
      'Emergencies are treated, and 4,000 operations were put off. | About 4,000 operations had to be postponed, though emergency rooms stayed open. | Emergency rooms work, but 4,000 planned operations were cancelled.',
      'Health minister {man} called the walkout irresponsible. | “This is irresponsible,” health minister {man} said. | The health minister, {man}, offered talks on Friday.',
    ],
    next: {
      titles: '{country} doctors end strike after pay offer | Deal ends walkout of {country} doctors',
      facts: [
        'Doctors in {country} returned to work on {nextday} after the government offered extra pay for nights. | The strike in {country}’s hospitals ended {nextday} with a deal on bonuses for night duty.',
        '{woman} called the bonus of 300 crowns a fair compromise. | A bonus of 300 crowns a night persuaded the union, {woman} said.',
        'The backlog of operations will take months, hospitals warned. | Hospitals need months to catch up with postponed surgery.',
      ],
    },
  },
  {
    titles:
      'Ferry with {n} aboard runs aground off {town} | Passengers rescued as ferry strikes rocks near {town} | {town}: ferry evacuated after grounding',
    facts: [
      'A ferry carrying {n} passengers ran aground off {town} on {day} morning. | All {n} people on board a ferry were brought to safety after it hit rocks near {town} on {day}. | The ferry {ship} struck a reef outside {town} on {day}, and {n} passengers had to be evacuated.',
      'Lifeboats and two helicopters took four hours to bring everyone ashore. | The evacuation with lifeboats and helicopters lasted four hours. | Helicopters lifted the last passengers off after four hours.',
      'Captain {man} had turned to avoid a fishing boat, the coast guard said. | According to the coast guard, the captain, {man}, swerved to miss a fishing boat. | The coast guard is questioning captain {man} about a sudden turn.',
      'Oil leaked from the hull of the {ship}. | A thin film of oil spread around the {ship}. | Booms were laid to hold the oil that leaked from the {ship}.',
      '“We sang to keep the children calm,” the teacher {woman} said. | {woman}, a teacher travelling with her class, said the pupils were brave. | A school class with its teacher {woman} was among the passengers.',
    ],
  },
]
