import { ProcedureView } from './procedure.client.tsx'

export default function Page() {
  return <ProcedureView />
}
