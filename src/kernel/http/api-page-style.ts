/** The style of the API page: a quiet sheet of paper in the house's colours. */
export const pageStyle = `
:root { color-scheme: light dark; font: 15px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem }
h1 { font-size: 1.6rem } h1 small { font-weight: 400; font-size: 1rem; opacity: .7 }
h2 { margin-top: 3rem; border-bottom: 2px solid #b5541c; padding-bottom: .3rem }
h3 { margin: 0; font-size: 1rem } h4 { margin: .8rem 0 .2rem; font-size: .85rem; opacity: .75 }
section { border: 1px solid #8884; border-radius: 6px; padding: .8rem 1rem; margin: 1rem 0 }
section:target { border-color: #b5541c; box-shadow: 0 0 0 1px #b5541c }
p { margin: .3rem 0 } ul { margin: .2rem 0; padding-left: 1.2rem } li { margin: .15rem 0 }
code { font: .9em ui-monospace, monospace } span { opacity: .7; font-size: .9em }
a { color: inherit } nav a { margin-right: .8rem }
h3 b { display: inline-block; min-width: 4.5rem; font: 700 .8rem ui-monospace, monospace }
.get { color: #1a7f4b } .post { color: #1f6feb } .put, .patch { color: #9a6700 } .delete { color: #c0342b }
.access { font-size: .85rem } .access::before { content: "◐ "; color: #b5541c }
`
