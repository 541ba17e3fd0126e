import { wordsKey } from './key.ts'

const NOTICE_CHARS_MAX = 300 // two or three sentences of a banner
const INVITE_CHARS_MAX = 160 // a sentence; a longer one tells something
const MARKS = /["“”„«»「」]/ // somebody says it

/** Whether a paragraph is what a site says of itself and not of the news: consent to cookies, what a reader should switch on, who may
 *  read on, that a live report has ended, an invitation by mail; in the languages that most news is written in. */
export function isNotice(text: string): boolean {
  if (text.length > NOTICE_CHARS_MAX || MARKS.test(text)) return false
  const plain = text.toLowerCase().replaceAll('’', "'")
  if (STARTS.some((start) => plain.startsWith(start))) return true
  return text.length <= INVITE_CHARS_MAX && INVITES.some((words) => plain.includes(words))
}

/** Whether a line is the label of a button or a tab, and nothing else: "Copy link", "Newest first". */
export function isButton(text: string): boolean {
  return text.length <= BUTTON_CHARS_MAX && BUTTONS.has(wordsKey(text))
}
const BUTTON_CHARS_MAX = 40

const STARTS: readonly string[] = lines(`
we value your privacy | we and our partners | we use cookies | our site uses cookies | our website uses cookies |
this website uses cookies | this site uses | by continuing to use this | by using this site | you can change your choices at any time |
manage your cookie | this content is provided by | this content is hosted by | this content is blocked | to view this content |
to see this content | to view this video | to play this video | please enable javascript | please turn on javascript |
javascript is disabled | javascript must be enabled | you need to enable javascript | your browser does not support |
please disable your ad | please turn off your ad | it looks like you are using an ad blocker |
this article is for subscribers | this story is for subscribers | this content is for subscribers | to continue reading | to read the full |
to read this article in full | subscribe to continue | already have an account | already a member | this live blog |
this live page is | we are closing this live | we're closing this live | we're now closing this | our live coverage | live coverage has ended |
follow the latest updates | follow live updates | follow our live | thank you for signing up | thanks for signing up |
please check your inbox | check your inbox | wir verwenden cookies | wir nutzen cookies | diese website verwendet cookies | diese seite verwendet cookies |
diese webseite verwendet cookies | wir und unsere partner | an dieser stelle finden sie | um diesen inhalt | externer inhalt |
mit einem klick zeigen | ich bin damit einverstanden | dieser artikel ist nur für | diesen artikel können nur | bitte aktivieren sie javascript |
bitte deaktivieren sie ihren | sie haben bereits ein abo | nous utilisons des cookies | ce site utilise des cookies | nous et nos partenaires |
avec nos partenaires | en poursuivant votre navigation | ce contenu est bloqué | cet article est réservé | la suite est réservée |
vous êtes déjà abonné | veuillez activer javascript | utilizamos cookies | usamos cookies | este sitio utiliza cookies | este sitio web utiliza cookies |
este sitio usa cookies | nosotros y nuestros socios | este contenido es exclusivo | este artículo es exclusivo | contenido exclusivo para |
utilizziamo i cookie | questo sito utilizza | noi e i nostri partner | questo articolo è riservato | este site utiliza cookies |
nós usamos cookies | conteúdo exclusivo para | deze website gebruikt cookies | wij gebruiken cookies | używamy plików cookie |
ta strona używa | ta strona korzysta | nasza strona używa | ten artykuł jest dostępny | pozostało do przeczytania | ми використовуємо файли cookie |
ми використовуємо cookie | цей сайт використовує | сайт використовує | цей матеріал доступний лише | цей матеріал доступний тільки | мы используем cookie |
мы используем файлы cookie | этот сайт использует | сайт использует | этот материал доступен только | bu sitede çerez |
bu site çerez | bu web sitesi çerez | sitemizde çerez | web sitemizde çerez | çerezleri kullan | bu içerik yalnızca abone`)

const INVITES: readonly string[] = lines(`
straight to your inbox | delivered to your inbox | in your inbox | our newsletter | our whatsapp channel | our telegram channel |
on our telegram | privacy policy and terms | ins postfach | unseren newsletter | unserem newsletter | unseren whatsapp-kanal | dans votre boîte mail |
notre newsletter | notre chaîne whatsapp | en tu correo | nuestro boletín | nuestro canal de whatsapp | la nostra newsletter |
na twoją skrzynkę | naszego newslettera | нашу розсилку | наш телеграм | наш telegram | читайте нас в | читайте нас у | нашу рассылку |
нашем телеграм | bültenimize | whatsapp kanalımız`)

const BUTTONS: ReadonlySet<string> = new Set(
  lines(`
accept | accept all | reject all | manage options | manage preferences | more options | cookie settings | privacy settings | i agree | agree | got it |
alle akzeptieren | akzeptieren | ablehnen | einstellungen | tout accepter | tout refuser | accepter | aceptar | aceptar todo | rechazar |
accetta | accetta tutti | aceitar | akkoord | zgadzam się | akceptuję | przejdź do serwisu | прийняти | погоджуюсь | принять | согласен | kabul et |
facebook | twitter | x | whatsapp | telegram | linkedin | reddit | pinterest | messenger | bluesky | threads | viber | email | e-mail | mail |
print | copy link | link copied | copied | share | share on facebook | share on x | share on twitter | share on whatsapp | save | bookmark |
drucken | link kopieren | teilen | imprimer | copier le lien | partager | imprimir | copiar enlace | compartir | stampa | copia link |
drukuj | kopiuj link | udostępnij | копіювати посилання | скопировать ссылку | yazdır | bağlantıyı kopyala | paylaş |
live | live feed | live blog | live updates | pinned post | key event | key events | show key events only | oldest first | newest first |
latest first | load more | show more | show less | view more | see more | read more | more | refresh | auto update | get updates | loading | media caption |
mehr anzeigen | mehr laden | neueste zuerst | älteste zuerst | afficher plus | voir plus | ver más | mostrar más | mostra altro |
pokaż więcej | показати більше | показать ещё | показать еще | daha fazla göster | play video | play | pause | mute | full screen | close |
skip | next | previous | menu | search | home | listen | download app | open in app | advertisement | sponsored`).map(
    wordsKey,
  ),
)

function lines(table: string): readonly string[] {
  return table.split('|').map((line) => line.replace(/\s+/g, ' ').trim())
}
