import { gendered, list, set, type Tongue } from '../tongue.ts'

/** Turkish. The verb stands last: "Sol, “...” dedi". */
export const TURKISH: Tongue = {
  code: 'tr',
  verbs: set(`
dedi diyor der dediler diyorlar diyen diyerek demişti demiş diye söyledi söylüyor söylediler söyleyen söylemişti konuştu konuşan konuşuyor belirtti
belirtiyor belirten belirterek ekledi ekliyor ekleyen vurguladı vurguluyor vurgulayan kaydetti kaydeden açıkladı açıklıyor açıklayan bildirdi bildiren duyurdu
duyuruyor savundu savunuyor savunan anlattı anlatıyor anlatan yazdı yazıyor yazan sordu soruyor soran yanıtladı yanıtlıyor yanıt uyardı uyarıyor uyaran
ifadesini ifadelerini sözlerini sözleriyle görüşünü şeklinde kullandı eleştirdi eleştiren iddia iddiasında nitelendirdi nitelendiren itiraf hatırlattı
hatırlatan çağrısında çağrısını tepki değerlendirdi değerlendiren paylaştı paylaşan seslendi seslenen aktardı aktaran dile yanıtını cevabını
yorumunu uyarısında mesajını açıklamasını bağırdı gülümsedi özetledi sürdürdü devam belirtildi bildirildi denildi açıklandı kaydedildi ifade`),
  impersonal: set('belirtildi bildirildi denildi açıklandı kaydedildi söylendi'),
  plural: /(?:ler|lar)$/,
  verbGender: () => '',
  pronouns: new Map([['o', '']]),
  according: [],
  accordingBehind: set('göre'),
  roles: gendered({
    any: `başkanı başkan bakanı bakan cumhurbaşkanı başbakan başbakanı milletvekili vekili müdürü müdür sözcüsü sözcü valisi vali kaymakam kaymakamı
muhtarı muhtar avukatı avukat savcı savcısı hâkim hakim yargıç doktor dr. dr prof. prof doç. başhekim başhekimi hekim öğretmen öğretmeni direktörü
direktör antrenör antrenörü kaptan kaptanı futbolcu oyuncu kaleci general albay komutan komutanı mühendisi mühendis başmühendisi başmühendis mimar
mimarı çiftçi balıkçı emekli işçi üyesi üye genel sekreteri sekreter temsilcisi temsilci büyükelçi büyükelçisi elçi uzmanı uzman yazar yazarı
gazeteci oyuncusu yönetmen yönetmeni şarkıcı ekonomist tarihçi profesör araştırmacı esnaf sahibi kurucusu lideri lider şefi şef amiri polis
imam kral prens yetkilisi öğrenci vatandaş komşusu`,
    m: 'bey',
    f: 'hanım',
  }),
  roleEnding: undefined,
  given: gendered({
    m: `ahmet mehmet mustafa ali hüseyin hasan ibrahim ismail osman yusuf murat ömer ramazan halil süleyman abdullah mahmut salih recep kemal emre burak can cem cihan
deniz doğan emirhan erdem eren erhan erkan fatih ferhat fikret gökhan haldun hakan haluk hüsnü ilker kaan kadir kerem levent mert metin mithat nihat oğuz
okan onur orhan orçun ozan rıza rüştü selim serdar serkan sinan tarık tolga tuncay turgut ufuk uğur umut ünal volkan yaşar yavuz yılmaz zafer zeki bora`,
    f: `ayşe fatma emine hatice zeynep elif meryem ayla alev aylin ayten bahar belgin canan ceren çiğdem derya dilek ebru ece esra fadime feride figen filiz gamze gül
gülsüm gülay hale handan hülya lale leyla melek meltem nalan nehir neslihan nesrin nilgün nur nuray özge özlem pelin pınar satı selin sema serap
sevda sevgi sevim sibel şule tuba türkan yasemin yıldız zehra zeliha`,
  }),
  guess: () => '',
  functions: set(`
ve ile ya da de ki ama fakat ancak çünkü eğer için gibi kadar göre sonra önce bu şu o bir iki üç dört beş on yirmi kırk her bazı birçok çok daha en hiç
ise değil mi mı mu mü ne nasıl neden nerede kim hangi ben sen biz siz onlar kendi bugün dün yarın şimdi artık yine hâlâ bile sadece yalnızca pazartesi
salı çarşamba perşembe cuma cumartesi pazar ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık var yok oldu olan olarak eşi
eski yeni güzel böyle şöyle öyle`),
  prepositions: set(''),
  subordinators: set('ki'),
  organisations:
    list(`bakanlığı müdürlüğü mahkemesi hastanesi belediyesi üniversitesi partisi sendikası derneği vakfı şirketi kurumu kurulu bankası ajansı
gazetesi kulübü valiliği emniyet meclisi birliği konseyi komisyonu savcılığı postası spor`),
  particles: set('el ibn'),
  cases: [''],
  nounsCapital: false,
  dashes: true,
  incises: false,
}
