import { startWorld, looks } from './harness.mjs'
import fs from 'node:fs'
const out='/tmp/shots/desk'
const which=(process.env.LOOKS??'usual').split(',')
const only=process.env.ONLY?.split(',')
const full=process.env.FULL!=='0'
for (const look of looks.filter(l=>which.includes(l.name))) {
  const world=await startWorld('look',look)
  try {
    const http=await world.as('secretary')
    const region=http.person.roles.find(r=>r.role==='secretary').region_id
    const tickets=(await http.get(`/tickets?region_id=${region}&stage=raised&sort=votes`)).items
    const accepted=(await http.get(`/tickets?region_id=${region}&stage=accepted`)).items
    const closed=(await http.get(`/activities?region_id=${region}&state=closed`)).items
    const points=(await http.get(`/regions/${region}/points?period=all`)).items
    const pages=[
      ['secretary','today','/pages/desk/today/index'],
      ['secretary','points','/pages/desk/points/index'],
      ['secretary','person',`/pages/desk/person/index?id=${points[0].person.id}&region_id=${region}`],
      ['secretary','tickets','/pages/desk/tickets/index'],
      ['secretary','dispatch',`/pages/desk/dispatch/index?id=${tickets[0].id}`],
      ['secretary','dispatch2',`/pages/desk/dispatch/index?id=${accepted[0].id}`],
      ['secretary','review','/pages/desk/review/index'],
      ['secretary','activities','/pages/desk/activities/index'],
      ['secretary','activity',`/pages/desk/activity/index?id=${closed[0].id}`],
      ['secretary','adjustments','/pages/desk/adjustments/index'],
      ['secretary','propose',`/pages/desk/adjustments/index?person_id=${points[0].person.id}&region_id=${region}`],
      ['secretary','content','/pages/desk/content/index'],
      ['secretary','whistle','/pages/desk/whistle/index'],
      ['street','street-today','/pages/desk/today/index'],
      ['street','street-tickets','/pages/desk/tickets/index?view=whistled'],
      ['street','street-appeals','/pages/desk/review/index?appeals=1'],
      ['resident','resident-today','/pages/desk/today/index'],
    ].filter(([,n])=>!only||only.includes(n))
    const phones={}
    for (const [who,name,route] of pages) {
      try {
        const phone=phones[who]??=await world.open(who,route)
        await phone.go(route)
        await phone.waitForTimeout(1200)
        // overflow report
        const bad=await phone.evaluate(()=>{
          const page=document.querySelector('.mp-page:not([hidden])'); const w=innerWidth; const r=[]
          for(const e of page.querySelectorAll('*')){const b=e.getBoundingClientRect(); if(b.width&&(b.right>w+1||b.left<-1)) r.push(`${e.tagName}.${e.className} ${Math.round(b.left)}..${Math.round(b.right)} ${e.textContent.slice(0,20)}`)}
          return r.slice(0,5)})
        const small=await phone.evaluate(()=>{const page=document.querySelector('.mp-page:not([hidden])');const r=[]
          for(const e of page.querySelectorAll('[role=button],[role=checkbox],a,button,[role=link],input,textarea')){const b=e.getBoundingClientRect(); if(b.width&&b.height&&b.height<47.5) r.push(`${e.tagName}.${e.className} ${Math.round(b.width)}x${Math.round(b.height)} ${e.textContent.slice(0,16)}`)}
          return r.slice(0,5)})
        console.log(look.name,name,bad.length?'OVERFLOW '+JSON.stringify(bad):'',small.length?'SMALL '+JSON.stringify(small):'')
        await phone.screenshot({path:`${out}/${look.name}-${name}.png`})
        if(full){
          const h=await phone.evaluate(()=>{const p=document.querySelector('.mp-page:not([hidden])');return Math.max(p.scrollHeight,document.documentElement.scrollHeight)})
          if(h>look.height+60){const v=phone.viewportSize();await phone.setViewportSize({width:look.width,height:Math.min(h+80,3200)});await phone.waitForTimeout(200);await phone.screenshot({path:`${out}/${look.name}-${name}-full.png`});await phone.setViewportSize(v)}
        }
      } catch(e){console.log(look.name,name,'FAILED',e.message.split('\n')[0])}
    }
    console.log('faults',world.faults)
  } finally { await world.stop() }
}
process.exit(0)
