/** Addresses of the project's server lead to wherever the preview comes from. */
export class ServerAddress {
  constructor(private readonly serverUrl: string | undefined) {}

  resolve(url: string): string {
    const { serverUrl } = this
    if (!serverUrl || !url.startsWith(serverUrl)) return url
    return location.origin + url.slice(serverUrl.length)
  }
}
