/** Words with which pages speak of themselves, in the languages that most news is written in. Lower case; phrases stand between
 *  bars. A table, not a rule. */

/** What a line of chrome begins with. A star: the last word goes on. A question mark, or a single word without a colon: only if the line
 *  is a label and no sentence ("Comments from the minister were ..."); with an exclamation mark a single word counts in sentences as well. */
export const LINE_STARTS: readonly string[] = phrases(
  // English
  `read more | read also | also read | read next | read the full | read our? | read: | see also | see more? |
  more on this? | more on the topic | more from? | more about? | more: | related: | related article* |
  related stor* | related post* | related content | related link* | related topic* | related read* |
  you might also like | you might also enjoy | you might also be interested | you may also like |
  you may also be interested | you might like | recommended for you | recommended read* | recommended stor* |
  further reading | click here | tap here | find out more | learn more | watch: | watch now? | watch the video |
  watch video? | listen: | listen to this | sign up | subscribe | join our? | join us on | join the conversation |
  follow us | follow me | follow our | like us on | find us on | connect with us | download our |
  download the app | get our? | get the latest | get updates? | get a quote? | share this | share on? |
  tell us? | send us? | contact us? | email us? | leave a comment | leave a reply |
  post a comment | view comments? | show comments? | comments | advertisement | ad feedback | sponsored |
  story continues below | article continues below | article continues after | continue reading |
  scroll to continue | skip to? | back to top? | jump to? | table of contents | in this article: | on this page: |
  contents hide | copyright © | copyright 20? | © | all rights reserved | photo by? | photo: | photos by? |
  photo credit | photograph: | photograph by | photos: | image by? | image: | image credit | image source? | image or embed |
  images: | credit: | credits: | picture: | video: | source: | featured image? | feature image? | cover image? |
  this post contains affiliate* | this article contains affiliate* | this post may contain |
  this article may contain | this page contains affiliate | we may earn | we may receive | affiliate disclosure |
  disclosure: | editorial note | this article was originally published | this article originally appeared |
  this story was originally | originally published? | originally appeared? | republished | reprinted with? |
  support our? | donate | make a donation? | become a member? | already a subscriber? | log in? | sign in? |
  register now? | create a free account | filed under | tags: | tagged | topics: | categories: | category: |
  posted in? | published on? | published: | published by? | posted on? | posted by? | last updated |
  last reviewed | last modified | updated on? | updated: | written by? | reviewed by? | edited by? |
  fact checked? | reporting by | editing by | additional reporting | about the author? | about this article? |
  print this? | save article? | save this? | buy now? | buy on? | buy at? | shop now? | shop the? | check price? |
  check the price? | see price? | view deal? | see at? | view on? | order now? | pin it? | pin this? |
  save for later? | next post? | previous post? | next article? | previous article? | next: | previous: |
  by signing up | by subscribing | by clicking |
  by submitting | enter your email | your email? | enjoyed this | enjoy this | did you like? | if you enjoyed |
  if you liked | don't miss | don’t miss | stay up to date | gift this article | listen to article | audio by? |
  this content is?`,
  // German
  `lesen sie auch | mehr zum thema | mehr dazu | mehr lesen | weiterlesen | auch interessant | das könnte sie |
  das könnte dich | zum thema | anzeige | werbung | foto: | bild: | quelle: | newsletter | jetzt abonnieren |
  abonnieren | folgen sie uns | teilen | artikel teilen | kommentare | kommentar schreiben | stand: |
  veröffentlicht | aktualisiert | melden sie sich | hier finden sie?`,
  // French
  `lire aussi | à lire | lire la suite | lire plus | voir aussi | sur le même | en savoir plus | publicité |
  crédit photo | partager | abonnez-vous! | s’abonner | s'abonner | inscrivez-vous! | suivez-nous! | commentaires |
  publié le | mis à jour | temps de lecture? | article réservé | la suite après`,
  // Spanish
  `lea también | lee también | leer más | leer también | le puede interesar | te puede interesar |
  puede interesarte | más información | ver más? | publicidad | foto: | fotos: | fuente: | compartir |
  suscríbete! | suscríbase! | síguenos! | comentarios | publicado | actualizado | noticias relacionadas`,
  // Italian
  `leggi anche | leggi tutto | leggi di più | potrebbe interessarti | pubblicità | condividi | iscriviti! |
  abbonati! | seguici! | commenti | pubblicato | aggiornato | fonte:`,
  // Portuguese
  `leia também | leia mais | saiba mais | veja também | veja mais? | publicidade | compartilhe | partilhar |
  inscreva-se! | assine | siga-nos! | siga o? | comentários | atualizado | fonte: | crédito:`,
  // Dutch
  `lees ook | lees meer | lees verder | bekijk ook | advertentie | deel dit | abonneer | meld je aan | volg ons |
  reacties | bron: | gepubliceerd`,
  // Polish, Czech
  `czytaj także | czytaj też | czytaj również | czytaj więcej | zobacz także | zobacz też | zobacz również |
  reklama | udostępnij | fot. | źródło: | čtěte také | čtěte více | přečtěte si | sdílet | zdroj: | inzerce`,
  // Russian, Ukrainian
  `читайте также | читать далее | читать также | смотрите также | подробнее | подписывайтесь! | подпишитесь! |
  поделиться | фото: | источник: | реклама | материалы по теме | читайте також | читати далі | дивіться також |
  підписуйтесь! | підпишіться! | поділитися | джерело:`,
  // Swedish, Norwegian, Danish, Finnish
  `läs även | läs också | läs mer | annons | dela | bild: | les også | les mer | annonse | læs også | læs mere |
  lue myös | lue lisää | mainos`,
  // Turkish
  `ayrıca oku | devamını oku | ilgili haber* | reklam | paylaş | abone ol | fotoğraf: | kaynak:`,
  // CJK
  `相关阅读 | 相关新闻 | 延伸阅读 | 责任编辑 | 來源 | 来源： | 分享 | 関連記事 | あわせて読みたい | 続きを読む | 広告 | 관련기사 | 무단전재 | 저작권자`,
)

/** Headings of boxes with other matter. */
export const SECTION_HEADS: readonly string[] = phrases(
  `also in the news | also in this section | in other news | more headlines | top headlines | latest headlines |
  key events | live updates | latest updates | live feed | related | related articles | related posts | related stories | related content | related news |
  related reading | related links | related topics | related resources | related products | more stories |
  more news | more from | more articles | more like this | more posts | more to read | more to explore |
  latest news | latest posts | latest articles | latest stories | recent posts |
  recent articles | recent news | recent stories | popular posts | most popular | most read | trending now |
  top stories | editor’s picks | editors’ picks | editor's picks | recommended for you | recommended reading |
  you may also like | you might also like | you may like | you might like | you may also be interested |
  read next | read more | up next | keep reading | continue reading | see also | further reading |
  further resources | about us | share | share this | share this article | share this post | share this story |
  follow us | contact us | get in touch | newsletter | sign up | subscribe | subscribe to our newsletter |
  stay connected | stay updated | stay in the loop | categories | tags | archives | advertisement | sponsored |
  sponsored content | table of contents | in this article | on this page | what’s in this article | our services |
  quick links | useful links | navigation | post navigation | don’t miss | ready to get started | next article |
  next post | previous post | featured posts | featured articles | featured products | other articles |
  other posts | other news | similar articles | similar posts | mehr zum thema | verwandte artikel |
  ähnliche artikel | weitere artikel | das könnte sie auch interessieren | auch interessant | meistgelesen |
  inhaltsverzeichnis | teilen | sur le même sujet | à lire aussi | lire aussi | articles similaires |
  articles liés | les plus lus | partager | sommaire | noticias relacionadas | artículos relacionados |
  te puede interesar | también te puede interesar | lo más leído | más leídas | compartir | articoli correlati |
  leggi anche | potrebbe interessarti | i più letti | condividi | artigos relacionados | notícias relacionadas |
  leia também | veja também | mais lidas | lees ook | gerelateerde artikelen | meest gelezen | czytaj także |
  zobacz także | powiązane artykuły | najczęściej czytane | читайте также | материалы по теме | похожие статьи |
  популярное | читайте також | матеріали за темою | läs även | läs mer | les også | læs også | ilgili haberler |
  en çok okunanlar | 相关阅读 | 相关新闻 | 延伸阅读 | 関連記事 | 관련기사`,
)

/** Headings after which, late in a page, nothing of the article comes. */
export const END_HEADS: readonly string[] = phrases(
  `comments | leave a comment | leave a reply | post a comment | add a comment | join the conversation |
  join the discussion | about the author | about the authors | about author | meet the author | references |
  footnotes | works cited | citations | bibliography | endnotes | testimonials | testimonial | kommentare |
  über den autor | quellen | commentaires | à propos de l’auteur | comentarios | sobre el autor | commenti |
  comentários | reacties | komentarze | комментарии | коментарі | yorumlar`,
)

/** Whom a caption's bracket names: agencies and picture libraries. */
export const CREDIT_WORDS: readonly string[] = phrases(
  `credit | courtesy | getty | getty images | shutterstock | unsplash | istock | alamy | flickr | reuters | afp |
  ap | epa | dpa | pa | bloomberg | wikimedia | file photo | handout | fot | imago | anadolu | xinhua | tass |
  ukrinform | nurphoto | pexels | pixabay | adobe stock | efe | ansa | belga | anp | keystone | picture alliance |
  ria novosti | scanpix | lehtikuva | kyodo | yonhap | pap | lusa`,
)

function phrases(...groups: readonly string[]): readonly string[] {
  return groups.flatMap((group) => group.split('|').map((phrase) => phrase.replace(/\s+/g, ' ').trim()))
}
