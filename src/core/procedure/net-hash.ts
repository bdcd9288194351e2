import type { Net } from './net.ts'

/**
 * The hash of what a net allows: labels, arcs and markings by their ids, in an order that does not depend on the file.
 * A chart carries it, so that anyone can tell that the chart and the running procedure are one.
 */
export function netHash(net: Net, sha256: (text: string) => string): string {
  const name = (place: number): string => net.places[place]?.id ?? ''
  const names = (places: readonly number[]): string[] => places.map(name).sort()
  const transitions = net.transitions
    .map(({ id, label, inputs, outputs, element }) =>
      JSON.stringify([id, label, element ?? null, names(inputs), names(outputs)]),
    )
    .sort()
  return sha256(JSON.stringify(['daylight net 1', names(net.initial), names(net.final), transitions]))
}
