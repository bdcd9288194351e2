const paths = {
  search: 'M14.5 9A5.500 5.500 0 1 1 3.500 9a5.500 5.500 0 0 1 11 0m-1.300 4.200 4 4',
  go: 'm7.5 4.5 5.5 5.500-5.500 5.500',
  list: 'M4 3h9l3 3v11H4zM7 8h6M7 11h6M7 14h4',
  law: 'M4 4.500C6 3.500 8 3.500 10 5c2-1.500 4-1.500 6-.5V16c-2-1-4-1-6 .5C8 15 6 15 4 16zM10 5v11.500',
  staff: 'M10 10a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400M3.800 17c.6-3.400 3-5 6.200-5s5.600 1.600 6.200 5',
  print: 'M5.5 7V3h9v4M5.5 14H3V7h14v7h-2.500M5.500 11.500h9V17h-9z',
  download: 'M10 3v9m-3.500-3.500L10 12l3.500-3.500M4 16h12',
  upload: 'M10 13V4M6.500 7.500 10 4l3.500 3.500M4 16h12',
} as const

/** A line icon; the words beside it say what it means. */
export function Icon({ name, size = 16 }: { readonly name: keyof typeof paths; readonly size?: number }) {
  return (
    <svg
      className="i"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  )
}

/** The sign of the house: a window that lets the light through to the floor. */
export function Brand({ size = 30 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 30 30" aria-hidden="true" focusable="false">
      <rect x="1.5" y="1.5" width="27" height="27" rx="3" className="b-wall" />
      <path d="M7 6h7v8H7zM16 6h7v8h-7z" className="b-light" />
      <path d="M7 16h7l-3.500 9H7zM16 16h7v9H12.500z" className="b-light" opacity=".55" />
    </svg>
  )
}
