/** Where the server is. A published mini-program names its own https address here; see README.md. */
export const serverUrl = 'http://127.0.0.1:8080'
