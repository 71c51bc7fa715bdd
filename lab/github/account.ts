import type { components } from '@octokit/openapi-types'

export type Account = components['schemas']['simple-user']

/** A user or bot as GitHub's API shows it beside what it wrote. */
export function account(login: string, webUrl: string, apiUrl: string): Account {
  const bot = login.endsWith('[bot]')
  const api = `${apiUrl}/users/${encodeURIComponent(login)}`
  return {
    login,
    id: bot ? 41898282 : 1,
    node_id: bot ? 'MDM6Qm90NDE4OTgyODI=' : 'MDQ6VXNlcjE=',
    avatar_url: `${webUrl}/images/avatar.png`,
    gravatar_id: '',
    url: api,
    html_url: bot ? `${webUrl}/apps/${login.replace('[bot]', '')}` : `${webUrl}/${login}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: bot ? 'Bot' : 'User',
    site_admin: false,
  }
}
