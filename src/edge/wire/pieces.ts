/** What the sample wire prints. Every outlet, person, ship and village is invented; only the alliances and countries exist. */

export type WireOutlet = Readonly<{ id: string; name: string; kind: 'wire' | 'outlet' }>
export type Piece = Readonly<{
  outlet: string
  /** After the wire's start. */
  afterMs: number
  slug: string
  title: string
  author: string
  /** The feed's own words. */
  teaser: string
  caption: string
  /** `{weekday}` stands for today's name: the wire's dates are shifted to now. */
  paragraphs: readonly string[]
  /** Hue of its picture, degrees. */
  hue: number
}>

export const OUTLETS: readonly WireOutlet[] = [
  { id: 'harbour', name: 'Harbour Dispatch', kind: 'outlet' },
  { id: 'meridian', name: 'The Meridian Post', kind: 'outlet' },
  { id: 'kestrel', name: 'Kestrel News Agency', kind: 'wire' },
  { id: 'lowland', name: 'Lowland Courier', kind: 'outlet' },
]

/** While it lasts, this outlet answers 503: a failing feed and its recovery are part of what a newcomer should see. */
export const OUTAGE = { outlet: 'lowland', fromMs: 12_000, toMs: 30_000 } as const

const SECOND = 1_000
const MINUTE = 60 * SECOND

export const PIECES: readonly Piece[] = [
  {
    outlet: 'harbour',
    afterMs: 2 * SECOND,
    slug: 'amber-watch-begins',
    title: 'NATO opens Amber Watch, its largest mine-clearing exercise in the Baltic this year',
    author: 'Ilse Brandvik',
    teaser: 'Twenty-two ships from nine countries have begun to sweep the sea lanes off Gotska.',
    caption: 'A minehunter leaves the port of Vestra at dawn. (Photo: Harbour Dispatch)',
    hue: 214,
    paragraphs: [
      'VESTRA — Twenty-two ships from nine NATO countries left port on {weekday} to clear old mines from the Baltic Sea, in the largest exercise of its kind this year.',
      'The exercise, called Amber Watch, will sweep 340 square kilometres of shipping lanes over two weeks, and every mine that is found will be blown up where it lies.',
      '“We are not rehearsing for a film. Every one of these mines can still sink a ferry,” Commodore Elin Sørdal, who leads the exercise, told reporters in Vestra. “When we are done, the lane is open and it stays open.”',
      'Some 30,000 mines from two world wars are believed to lie on the sea bed, and fishermen bring up a dozen a year in their nets.',
      'Port director Matti Hallavuo said the closed lane costs the town’s harbour about two million euros a week. “A sea lane is like a street: if nobody sweeps it, nobody walks there,” he said.',
      'The alliance’s new underwater drones will be used for the first time. They can search by themselves for twenty hours, where divers manage forty minutes.',
      'Residents of the island of Gotska have been asked to keep their windows open on days when mines are blown up.',
    ],
  },
  {
    outlet: 'meridian',
    afterMs: 9 * SECOND,
    slug: 'nine-navies-sweep-baltic-lanes',
    title: 'Nine NATO navies sweep Baltic shipping lanes for mines in exercise Amber Watch',
    author: 'Tobias Quennell',
    teaser: 'The Amber Watch exercise off Gotska brings together twenty-two ships and new underwater drones.',
    caption: 'Commodore Elin Sørdal on the bridge of the command ship. (Meridian/Pool)',
    hue: 214,
    paragraphs: [
      'Nine NATO navies have started to search the Baltic Sea for mines of two world wars, two weeks of work that will reopen a shipping lane off the island of Gotska.',
      'Twenty-two ships take part in the exercise Amber Watch, which began in the port of Vestra on {weekday} under Commodore Elin Sørdal.',
      '“The drones find in a night what took my divers a month,” Sørdal said on board the command ship. “But it is still a person who decides what is blown up.”',
      'The exercise covers 340 square kilometres of sea bed, and about 30,000 mines are believed to lie in the Baltic as a whole.',
      'Environmental groups want mines to be lifted rather than exploded. “A bubble curtain costs less than one dead porpoise,” said Runa Ekwall, a marine biologist at the Institute of Coastal Research in Vestra.',
      'The alliance says that bubble curtains will be used wherever porpoises have been heard in the past year.',
    ],
  },
  {
    outlet: 'kestrel',
    afterMs: 15 * SECOND,
    slug: 'zelenivka-bridge-reopens',
    title: 'Ukraine reopens the Zelenivka rail bridge eleven weeks after it was destroyed',
    author: 'Kestrel News Agency',
    teaser: 'The first grain train crossed on {weekday} morning.',
    caption: 'The first train crosses the rebuilt bridge at Zelenivka. (Kestrel)',
    hue: 48,
    paragraphs: [
      'ZELENIVKA, Ukraine — A train with forty wagons of grain crossed the rebuilt rail bridge at Zelenivka on {weekday}, eleven weeks after the old one was destroyed.',
      'The bridge carries a third of the grain that leaves southern Ukraine by rail, and its loss had sent thousands of trucks a week onto a single country road.',
      '“They said six months. We had six hundred people and no patience,” said chief engineer Oksana Drahomyr, who led the works day and night.',
      'The new bridge stands on steel piers that can be replaced one by one within a week, she said.',
      '“I counted the wagons, all forty of them, and then I cried,” said Petro Lystovyk, the stationmaster of Zelenivka.',
      'Repairs cost 41 million euros, most of it paid by a fund of eleven European countries.',
    ],
  },
  {
    outlet: 'harbour',
    afterMs: 24 * SECOND,
    slug: 'senator-market-square',
    title: 'Senator opens a signatory ceremony for the new market square',
    author: 'Wim Postema',
    teaser: 'Neither the senator nor the signatories had anything to do with an alliance.',
    caption: 'The market square on its first day. (Photo: Harbour Dispatch)',
    hue: 140,
    paragraphs: [
      'Senator Alma Rietveld opened the new market square of Vestra on {weekday} and became the first signatory of its guest book.',
      'The square took three years to build and has forty-two trees, a fountain and no parking spaces.',
      '“A town that has a place to sit has a place to talk,” Rietveld said.',
      'Traders may set up their stalls from six in the morning, four days a week.',
    ],
  },
  {
    outlet: 'meridian',
    afterMs: 31 * SECOND,
    slug: 'grain-train-crosses-zelenivka',
    title: 'First grain train crosses rebuilt Zelenivka rail bridge in southern Ukraine',
    author: 'Maret Oja',
    teaser: 'Engineers needed eleven weeks for the rail bridge; trucks may now leave the road.',
    caption: 'Chief engineer Oksana Drahomyr at the bridge. (Meridian)',
    hue: 48,
    paragraphs: [
      'The rail bridge at Zelenivka in southern Ukraine is open again, and the first train brought forty wagons of grain across it on {weekday}.',
      'Engineers rebuilt the bridge in eleven weeks after it was destroyed, while trucks carried the grain over a single country road.',
      '“A bridge is the shortest sentence between two towns, and it was missing,” said Oksana Drahomyr, the chief engineer.',
      'Its steel piers can be replaced one at a time within a week, and the works cost 41 million euros.',
      'Freight operators expect the trucks to disappear from the road by the end of the month. “My drivers will sleep at home again,” said haulier Bohdan Kravets.',
    ],
  },
  {
    outlet: 'lowland',
    afterMs: 33 * SECOND,
    slug: 'allies-agree-fuel-depots',
    title: 'NATO members agree to share fuel depots along the northern road',
    author: 'Joris Vandermolen',
    teaser: 'Five countries will store fuel for one another, from the coast to the lakes.',
    caption: 'One of the depots near Lake Sarvo. (Photo: Lowland Courier)',
    hue: 205,
    paragraphs: [
      'Five NATO members agreed on {weekday} to store fuel for one another in fourteen depots between the coast and the lakes of the north.',
      'The depots will hold enough for a brigade to drive 600 kilometres without a convoy of tankers behind it.',
      '“Nobody sends a postcard about a fuel depot, but nothing moves without one,” said Colonel Aino Partanen, who negotiated the agreement for the host country.',
      'Three of the fourteen sites are former sugar factories with rail sidings of their own.',
      '“We asked for a playground and got a tank farm,” said Lasse Mikkonen, mayor of the village of Sarvo, who wants a new road in return.',
      'The first depot is to open in May.',
    ],
  },
  {
    outlet: 'kestrel',
    afterMs: 44 * SECOND,
    slug: 'amber-watch-finds-first-mines',
    title: 'Amber Watch ships find eleven mines off Gotska on the first day of NATO exercise',
    author: 'Kestrel News Agency',
    teaser: 'Underwater drones found the mines within six hours.',
    caption: 'A drone is lowered into the water. (Kestrel)',
    hue: 214,
    paragraphs: [
      'Ships of the NATO exercise Amber Watch have found eleven mines off the island of Gotska on their first day, its leader said on {weekday}.',
      'The mines lay in 40 metres of water within a shipping lane that is 340 square kilometres in size, and underwater drones found them in six hours.',
      '“Eleven on the first day is good news and bad news at once,” Commodore Elin Sørdal told reporters in Vestra.',
      'Twenty-two ships of nine countries take part in the exercise in the Baltic Sea.',
    ],
  },
  {
    outlet: 'lowland',
    afterMs: 55 * SECOND,
    slug: 'library-boat',
    title: 'The library boat sails again',
    author: 'Neele Hagenbeck',
    teaser: 'Four thousand books and a samovar call at nineteen islands.',
    caption: 'The library boat at its mooring. (Photo: Lowland Courier)',
    hue: 320,
    paragraphs: [
      'The library boat has left its winter mooring with four thousand books on board and will call at nineteen islands until October.',
      'Last year its readers borrowed eleven thousand books and lost four.',
      '“One went overboard, three went to Australia,” said librarian Neele Hagenbeck.',
    ],
  },
  {
    outlet: 'kestrel',
    afterMs: 75 * SECOND,
    slug: 'ukraine-power-line',
    title: 'Second power line between Ukraine and its western neighbours goes live',
    author: 'Kestrel News Agency',
    teaser: 'The line can carry the needs of a city of 800,000.',
    caption: 'Masts of the new line near Horodna. (Kestrel)',
    hue: 48,
    paragraphs: [
      'HORODNA, Ukraine — A second high-voltage line between Ukraine and its western neighbours was switched on early on {weekday}, four months ahead of plan.',
      'It can carry 1,100 megawatts, the needs of a city of 800,000 people.',
      '“When the first line fails we no longer reach for candles, we reach for a switch,” said grid operator Yaryna Holub.',
      'The old line was out of service for 61 hours in January.',
    ],
  },
  {
    outlet: 'harbour',
    afterMs: 2 * MINUTE,
    slug: 'alliance-budget-hearing',
    title: 'Auditors ask NATO to publish what its exercises cost',
    author: 'Ilse Brandvik',
    teaser: 'Only four of nineteen exercises last year came with a bill that the public can read.',
    caption: 'The auditors’ office in Kolmer. (Photo: Harbour Dispatch)',
    hue: 214,
    paragraphs: [
      'Auditors of three parliaments asked NATO on {weekday} to publish what each of its exercises costs and who pays for it.',
      'Of nineteen exercises last year only four came with a bill that the public can read, their report says.',
      '“People pay for the ships; they may see the receipt,” said Hedda Lindqvist-Moore, who leads the auditors.',
      'A spokesman for the alliance said the report would be studied.',
    ],
  },
  {
    outlet: 'meridian',
    afterMs: 3 * MINUTE,
    slug: 'school-underground',
    title: 'A school beneath a station: how one Ukrainian town teaches on',
    author: 'Maret Oja',
    teaser: 'Two hundred and ten children learn under a disused railway station in Zelenivka.',
    caption: 'A lesson under the station of Zelenivka. (Meridian)',
    hue: 48,
    paragraphs: [
      'Two hundred and ten children go to school beneath the railway station of Zelenivka in southern Ukraine, where the walls are two metres thick.',
      'Lessons begin at eight and end when the last train has left, because nobody can hear the teacher over it.',
      '“Downstairs they are only children again,” said headmistress Larysa Vovkun.',
      'The town has raised money for a second classroom, which opens next week.',
    ],
  },
]
