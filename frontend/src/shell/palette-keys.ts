/** What opens the palette, as this keyboard names it. */
export const paletteKeys = navigator.platform.startsWith('Mac') ? '⌘K' : 'Ctrl K'
