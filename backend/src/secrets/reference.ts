import { secretReference } from '@sre-toolbox/contract/secrets'
import { validationFailed } from '../kernel/operation.ts'

/** Splits `secret:auth/okta#client_secret`. What is not of that form may be a secret itself, so it is never repeated. */
export function parseReference(reference: string): { name: string; field: string } {
  if (!secretReference.safeParse(reference).success) {
    throw validationFailed([
      {
        path: '',
        message:
          'not a reference to a secret; write secret:<name>#<field>, as in secret:auth/okta#client_secret',
      },
    ])
  }
  const [name = '', field = ''] = reference.slice('secret:'.length).split('#')
  return { name, field }
}
