// The way in of every `npm` script. It holds nothing that an old Node could not read, so that one gets a sentence.
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Daylight 需要 Node 20 或更新的版本，当前是 ${process.versions.node}。请安装后重新运行。`)
  console.error(`Daylight needs Node 20 or newer; this is ${process.versions.node}. Install one, then run this again.`)
  process.exit(1)
}

import('./launch/run.js')
