import type { Plugin } from 'vite'

/** The modules that the shell shares: the part of the runtime that has each, and what can be imported of it. */
export const sharedModules: Readonly<Record<string, { part: string; names: readonly string[] }>> = {
  react: {
    part: 'React',
    names: [
      'Activity',
      'Children',
      'Component',
      'Fragment',
      'Profiler',
      'PureComponent',
      'StrictMode',
      'Suspense',
      'cloneElement',
      'createContext',
      'createElement',
      'createRef',
      'forwardRef',
      'isValidElement',
      'lazy',
      'memo',
      'startTransition',
      'use',
      'useActionState',
      'useCallback',
      'useContext',
      'useDebugValue',
      'useDeferredValue',
      'useEffect',
      'useEffectEvent',
      'useId',
      'useImperativeHandle',
      'useInsertionEffect',
      'useLayoutEffect',
      'useMemo',
      'useOptimistic',
      'useReducer',
      'useRef',
      'useState',
      'useSyncExternalStore',
      'useTransition',
      'version',
    ],
  },
  'react/jsx-runtime': { part: 'JsxRuntime', names: ['Fragment', 'jsx', 'jsxs'] },
  'react-dom': { part: 'ReactDOM', names: ['createPortal', 'flushSync'] },
  'react-router': {
    part: 'ReactRouter',
    names: [
      'Link',
      'NavLink',
      'Navigate',
      'Outlet',
      'Route',
      'Routes',
      'generatePath',
      'matchPath',
      'useLocation',
      'useMatch',
      'useNavigate',
      'useParams',
      'useSearchParams',
    ],
  },
}

const prefix = '\0toolkit-runtime:'
/** A second copy of these would not see the shell's state. */
const mustBeShared = /^react(-dom|-router)?($|\/)/

/**
 * Lets a toolkit's user interface import what the shell shares without bundling it. `from` says which files it is for;
 * all of them when not given.
 */
export function shareModules(from: (importer: string) => boolean = () => true): Plugin {
  return {
    name: 'toolkit-shared-modules',
    enforce: 'pre',
    resolveId(source, importer) {
      if (importer === undefined || importer.startsWith('\0') || !from(importer)) return null
      if (source in sharedModules || source === 'react/jsx-dev-runtime') return prefix + source
      if (!mustBeShared.test(source)) return null
      return this.error(
        `${source} is not among what the shell shares: import from ${Object.keys(sharedModules).join(', ')}.`,
      )
    },
    load(id) {
      if (!id.startsWith(prefix)) return null
      const name = id.slice(prefix.length)
      return name === 'react/jsx-dev-runtime' ? developmentJsx : moduleOf(name)
    },
  }
}

function moduleOf(name: string): string {
  const { part, names } = sharedModules[name] as (typeof sharedModules)[string]
  return [
    `const shared = window.__SRE_TOOLKIT_RUNTIME.${part}`,
    ...names.map((exported) => `export const ${exported} = shared.${exported}`),
    'export default shared',
  ].join('\n')
}

/** The shell shares one JSX runtime; the one for development differs by what it is called with. */
const developmentJsx = `
const { jsx, jsxs, Fragment } = window.__SRE_TOOLKIT_RUNTIME.JsxRuntime
export { Fragment }
export const jsxDEV = (type, props, key, isStatic) => (isStatic ? jsxs : jsx)(type, props, key)
`
