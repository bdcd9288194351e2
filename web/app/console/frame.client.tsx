import { Outlet } from 'react-router'
import { Button } from 'antd'
export function Frame() {
  return <div><Button>hello</Button><Outlet /></div>
}
