import type { components } from '@octokit/openapi-types'
import { type Account, account } from './account.ts'

export type IssueComment = components['schemas']['issue-comment']

export type Place = {
  /** e.g. `http://127.0.0.1:8080` or `http://127.0.0.1:8080/api/v3`. */
  readonly apiUrl: string
  /** What a person opens in a browser; an address that nobody serves. */
  readonly webUrl: string
  readonly owner: string
  readonly repository: string
}

/** The comments of one repository's issues and pull requests, oldest first. */
export class Comments {
  readonly #place: Place
  readonly #all: (IssueComment & { readonly issueNumber: number })[] = []
  #lastId = 0

  constructor(place: Place) {
    this.#place = place
  }

  of(issueNumber: number): IssueComment[] {
    return this.#all.filter((comment) => comment.issueNumber === issueNumber).map(withoutIssueNumber)
  }

  find(id: number): IssueComment | undefined {
    const found = this.#all.find((comment) => comment.id === id)
    return found && withoutIssueNumber(found)
  }

  /** As a person does in the browser. */
  minimize(id: number, reason: string | null): boolean {
    const found = this.#all.find((comment) => comment.id === id)
    if (found === undefined) return false
    found.minimized = reason === null ? null : { reason }
    return true
  }

  add(issueNumber: number, body: string, author: string): IssueComment {
    const { apiUrl, webUrl, owner, repository } = this.#place
    this.#lastId += 1
    const id = this.#lastId
    const now = new Date().toISOString().replace(/\.\d+/, '')
    const user: Account = account(author, webUrl, apiUrl)
    const comment = {
      issueNumber,
      id,
      node_id: `IC_${id}`,
      url: `${apiUrl}/repos/${owner}/${repository}/issues/comments/${id}`,
      html_url: `${webUrl}/${owner}/${repository}/pull/${issueNumber}#issuecomment-${id}`,
      issue_url: `${apiUrl}/repos/${owner}/${repository}/issues/${issueNumber}`,
      user,
      created_at: now,
      updated_at: now,
      author_association: 'NONE' as const,
      body,
      performed_via_github_app: null,
      minimized: null,
    }
    this.#all.push(comment)
    return withoutIssueNumber(comment)
  }

  update(id: number, body: string): IssueComment | undefined {
    const found = this.#all.find((comment) => comment.id === id)
    if (found === undefined) return undefined
    found.body = body
    found.updated_at = new Date().toISOString().replace(/\.\d+/, '')
    return withoutIssueNumber(found)
  }

  /** Whether there was such a comment. */
  remove(id: number): boolean {
    const index = this.#all.findIndex((comment) => comment.id === id)
    if (index < 0) return false
    this.#all.splice(index, 1)
    return true
  }
}

function withoutIssueNumber({ issueNumber: _, ...comment }: IssueComment & { issueNumber: number }): IssueComment {
  return comment
}
