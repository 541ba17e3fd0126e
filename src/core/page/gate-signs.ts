/** What gates say of themselves, in the languages that most news is written in; lower case where not said otherwise. A table. */

/** As they stand in the pages of Cloudflare, DDoS-Guard, Imperva, Akamai, PerimeterX, DataDome, Sucuri, AWS, Vercel, Qrator, Kasada,
 *  hCaptcha, reCAPTCHA. */
export const CHALLENGE_MARKS: readonly string[] = [
  'cf-chl-',
  'cf_chl_opt',
  '<title>Just a moment...</title>',
  'Attention Required! | Cloudflare',
  'ddos-guard',
  '_Incapsula_Resource',
  'errors.edgesuite.net',
  'px-captcha',
  'captcha-delivery.com',
  'sucuri_cloudproxy_js',
  'awsWafCookieDomainList',
  '<title>Vercel Security Checkpoint</title>',
  '__qrator',
  'KPSDK.configure',
  'challenge-form',
]
export const CHALLENGES: readonly string[] = phrases(
  `checking your browser | checking if the site connection is secure | verify you are human | verifying you are human |
  verify that you are human | confirm you are human | enable javascript and cookies to continue | are you a robot |
  please complete the security check | you have been blocked | unusual traffic from your | not a robot to continue`,
  `überprüfen sie ihren browser | ihr browser wird überprüft | bestätigen sie, dass sie ein mensch sind |
  dass sie kein roboter sind`,
  `vérification de votre navigateur | vérifiez que vous êtes humain | confirmez que vous êtes un humain |
  que vous n'êtes pas un robot | que vous n’êtes pas un robot`,
  `comprobando su navegador | verifique que es humano | confirme que no es un robot | verifica que eres humano |
  verificando que eres humano`,
  'verifica di essere umano | conferma di non essere un robot | controlla che sei umano',
  'verifique se você é humano | confirme que não é um robô',
  'controleer of u een mens bent | bevestig dat je geen robot bent',
  'potwierdź, że jesteś człowiekiem | sprawdzanie przeglądarki',
  'подтвердите, что вы не робот | проверка браузера | проверяем ваш браузер',
  'підтвердіть, що ви не робот | перевірка браузера',
  'insan olduğunuzu doğrulayın | robot olmadığınızı',
  'あなたが人間であることを確認 | 请验证您是真人 | 验证您是否是真人 | 사람인지 확인',
)

/** First labels of hosts and segments of paths to which sites lead those who have not agreed. */
export const CONSENT_PLACES: ReadonlySet<string> = new Set([
  'consent',
  'guce',
  'cookiewall',
  'cookie-wall',
  'cookie-consent',
  'collectconsent',
  'myprivacy',
  'privacy-gate',
  'privacy-wall',
  'gdpr-consent',
  'cmp',
])

/** A site that speaks of itself, as a request for consent does and a report about one does not. */
export const CONSENT_SELVES: readonly string[] = phrases(
  `we and our | our partners | we use cookies | we, and our | this site uses cookies | this website uses cookies |
  we value your privacy | we ask for your consent`,
  `wir und unsere | unsere partner | wir verwenden cookies | wir nutzen cookies | diese website verwendet cookies |
  ihre privatsphäre ist uns`,
  `nous et nos | nos partenaires | nous utilisons des cookies | ce site utilise des cookies`,
  `nosotros y nuestros | nuestros socios | utilizamos cookies | usamos cookies | este sitio utiliza cookies`,
  `noi e i nostri | i nostri partner | utilizziamo i cookie | utilizziamo cookie | questo sito utilizza`,
  `nós e os nossos | nós e nossos | nossos parceiros | utilizamos cookies | os nossos parceiros`,
  `wij en onze | onze partners | wij gebruiken cookies | we gebruiken cookies`,
  `my i nasi | nasi partnerzy | naszych partnerów | używamy plików cookie`,
  `мы и наши | наши партнеры | наши партнёры | мы используем cookie | мы используем файлы cookie`,
  `ми та наші | наші партнери | ми використовуємо файли cookie`,
  `vi och våra | vi og våre | vi og vores | vi bruger cookies | vi bruker cookies | vi använder cookies`,
  `my a naši | naši partneři | používáme cookies | používáme soubory cookie`,
)

/** What such requests are about, a family a line: the means, the others, the assent, the data. */
export const CONSENT_FAMILIES: readonly (readonly string[])[] = [
  phrases('cookie | cookies | device identifiers | gerätekennungen | traceurs | rastreadores | local storage'),
  phrases('partner | partenaire | socios | parceiros | third parties | drittanbieter | tiers | terceros | партн'),
  phrases(
    `consent | accept all | i agree | agree to | einwillig | zustimm | akzept | consentement | accepter | consentimiento |
    aceptar | consenso | accett | consentimento | aceitar | toestemming | accepteren | zgod | akceptuj | соглас | принять |
    згод | прийняти | samtyck | samtykke | souhlas`,
  ),
  phrases(
    `personal data | your data | privacy | personalised ads | personalized ads | personalised advertising |
    personenbezogen | datenschutz | données personnelles | vie privée | publicité personnalisée | datos personales |
    privacidad | dati personali | dados pessoais | privacidade | persoonsgegevens | dane osobowe | danych osobowych |
    персональн | personuppgifter | personopplysninger | personoplysninger | osobní údaje | osobních údajů`,
  ),
]

/** An offer that stands in the rest of an article's place. */
export const WALLS: readonly string[] = phrases(
  `subscribe to continue | subscribe to read | subscribe now to continue | to continue reading | to keep reading, |
  to read the full | to read this article | to unlock this | unlock the full | this article is for subscribers |
  this article is reserved for | this content is for subscribers | exclusive to subscribers | for subscribers only |
  subscriber-only | subscribers only | already a subscriber? | already have an account? | you have reached your limit |
  you've reached your limit | you’ve reached your limit | free articles remaining | become a subscriber to | start your free trial`,
  `um weiterzulesen | jetzt weiterlesen mit | weiterlesen mit | dieser artikel ist für abonnenten | nur für abonnenten |
  exklusiv für abonnenten | bereits abonnent | sie haben bereits ein abo | lesen sie den ganzen artikel mit | abo abschließen`,
  `réservé aux abonnés | réservé à nos abonnés | pour lire la suite | la suite est réservée | déjà abonné |
  il vous reste | abonnez-vous pour lire`,
  `para seguir leyendo | solo para suscriptores | exclusivo para suscriptores | contenido exclusivo para |
  ya eres suscriptor | suscríbete para`,
  `per continuare a leggere | riservato agli abbonati | sei già abbonato | abbonati per leggere | contenuto riservato`,
  `exclusivo para assinantes | para continuar a ler | para continuar lendo | já é assinante | assine para ler`,
  `om verder te lezen | exclusief voor abonnees | alleen voor abonnees | al abonnee`,
  `aby czytać dalej | tylko dla prenumeratorów | dostępny dla subskrybentów | dostęp dla prenumeratorów`,
  `чтобы читать дальше | доступно по подписке | только для подписчиков | материал доступен подписчикам`,
  `щоб читати далі | доступно за передплатою | лише для передплатників | тільки для передплатників`,
  `för att läsa vidare | läs vidare med | for å lese videre | kun for abonnenter | forbeholdt abonnenter | endast för prenumeranter`,
  `pro předplatitele | pro pokračování ve čtení | pouze pro předplatitele`,
)

function phrases(...languages: readonly string[]): readonly string[] {
  return languages.flatMap((language) => language.split('|').map((phrase) => phrase.replace(/\s+/g, ' ').trim()))
}
