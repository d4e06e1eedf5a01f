import type { ToolkitRuntime } from '@sre-toolbox/sdk/ui'
import * as React from 'react'
import * as JsxRuntime from 'react/jsx-runtime'
import { createPortal, flushSync } from 'react-dom'
import {
  generatePath,
  Link,
  matchPath,
  Navigate,
  NavLink,
  Outlet,
  Route,
  Routes,
  useLocation,
  useMatch,
  useNavigate,
  useParams,
  useSearchParams,
} from 'react-router'
import type { Api } from '../../lib/api.ts'
import { count, duration, exactTime } from '../../lib/format.ts'
import { toolkitComponents } from './components.tsx'
import { toolkitHooks } from './hooks.ts'

/** Puts what toolkits' pages share with the shell where their modules look for it. */
export function provideRuntime(api: Api): void {
  window.__SRE_TOOLKIT_RUNTIME ??= {
    version: '1.0.0',
    React,
    JsxRuntime,
    ReactDOM: { createPortal, flushSync },
    ReactRouter: {
      generatePath,
      Link,
      matchPath,
      Navigate,
      NavLink,
      Outlet,
      Route,
      Routes,
      useLocation,
      useMatch,
      useNavigate,
      useParams,
      useSearchParams,
    },
    apiFetch: api.fetch,
    ui: {
      ...toolkitComponents,
      ...toolkitHooks,
      formatDuration: duration,
      formatCount: count,
      formatTime: exactTime,
    },
  } satisfies ToolkitRuntime
}
