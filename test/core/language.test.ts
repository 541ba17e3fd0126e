import { describe, expect, test } from 'vitest'
import { detectLanguage } from '../../src/core/language.ts'
import { cpuMs } from '../fakes/cpu.ts'

const prose: readonly (readonly [language: string, text: string])[] = [
  ['en', 'The harbour bridge at Oakmoor was closed on Monday after a storm damaged one of its cables, the town said.'],
  [
    'de',
    'Die Hafenbrücke von Eschwerda wurde am Montag gesperrt, nachdem ein Sturm eines ihrer Seile beschädigt hatte.',
  ],
  ['fr', 'Le pont du port a été fermé lundi après qu’une tempête a endommagé l’un de ses câbles, a annoncé la mairie.'],
  ['es', 'El puente del puerto fue cerrado el lunes después de que una tormenta dañara uno de sus cables.'],
  ['it', 'Il ponte del porto è stato chiuso lunedì dopo che una tempesta ha danneggiato uno dei suoi cavi.'],
  ['pt', 'A ponte do porto foi fechada na segunda-feira depois que uma tempestade danificou um dos seus cabos.'],
  ['nl', 'De havenbrug werd maandag gesloten nadat een storm een van de kabels had beschadigd, meldde de gemeente.'],
  ['pl', 'Most portowy został zamknięty w poniedziałek po tym, jak burza uszkodziła jedną z jego lin.'],
  ['tr', 'Liman köprüsü, fırtınanın kablolarından birine zarar vermesinin ardından pazartesi günü kapatıldı.'],
  ['uk', 'Портовий міст закрили в понеділок після того, як буря пошкодила один із його тросів, повідомила мерія.'],
  ['ru', 'Портовый мост закрыли в понедельник после того, как буря повредила один из его тросов, сообщила мэрия.'],
  ['be', 'Партовы мост зачынілі ў панядзелак пасля таго, як бура пашкодзіла адзін з яго тросаў.'],
  ['bg', 'Пристанищният мост беше затворен в понеделник, след като буря повреди едно от въжетата му.'],
  ['ar', 'أغلق جسر الميناء يوم الاثنين بعد أن ألحقت عاصفة أضرارا بأحد كابلاته حسبما أعلنت البلدية'],
  ['fa', 'پل بندر روز دوشنبه پس از آنکه طوفان به یکی از کابل‌های آن آسیب زد بسته شد و شهرداری این را اعلام کرد'],
  ['el', 'Η γέφυρα του λιμανιού έκλεισε τη Δευτέρα.'],
  ['zh', '港口大桥周一因风暴损坏缆索而关闭。'],
  ['ja', '港の橋は月曜日に閉鎖された。'],
  ['ko', '항구 다리가 월요일에 폐쇄되었다.'],
]

describe('detectLanguage', () => {
  test.each(prose)('tells %s from its prose, whatever the feed says', (language, text) => {
    expect(detectLanguage(text)).toBe(language)
    expect(detectLanguage(text, language === 'en' ? 'de' : 'en-GB')).toBe(language)
  })

  test('a short Ukrainian headline is no Russian one', () => {
    expect(detectLanguage('Президент заявив про новий план і поїхав')).toBe('uk')
    expect(detectLanguage('Рада підтримала закон')).toBe('uk')
  })

  test('prose decides, not the menu above it', () => {
    const menu = 'Home\nNews\nSport\nWeather\nSubscribe now\nThe Oakmoor Herald in your inbox\n\n'
    expect(detectLanguage(menu.repeat(3) + (prose[1]?.[1] ?? ''))).toBe('de')
  })

  test.each([
    ['NATO', 'en-US', 'en'],
    ['NATO', '', ''],
    ['12 345', 'nb_NO', 'no'],
    ['', 'zh-Hant', 'zh'],
    ['', 'English', ''],
    ['', '', ''],
  ])('where the text %j tells little, the hint %j is believed', (text, hint, language) => {
    expect(detectLanguage(text, hint)).toBe(language)
  })

  test('near neighbours follow the hint', () => {
    const text = 'Havnebroen ble stengt mandag etter at en storm hadde skadet en av kablene, opplyste kommunen.'
    expect(detectLanguage(text, 'no')).toBe('no')
    expect(detectLanguage(text)).toMatch(/^(no|da)$/)
  })

  test('a megabyte takes no longer than a page', () => {
    const started = cpuMs()
    detectLanguage('а'.repeat(1_000_000))
    expect(cpuMs() - started).toBeLessThan(500)
  })
})
