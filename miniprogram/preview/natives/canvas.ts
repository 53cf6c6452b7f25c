import { make } from '../markup'
import { surroundings } from '../surroundings'
import { addressOfFile } from '../wx/files'
import { NativeElement } from './native-element'

/** <canvas type="2d">: its node is a canvas of the browser, which also makes the images that are drawn on it. */
export class CanvasElement extends NativeElement {
  readonly node = Object.assign(make('canvas'), { createImage })

  protected override start(): void {
    this.append(this.node)
  }
}

/** An image whose src may also be a file of the app, or one of the mini-program by its whole path. */
function createImage(): HTMLImageElement {
  const image = new Image()
  const source = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src') as { get(): string, set(address: string): void }
  return Object.defineProperty(image, 'src', {
    get: () => source.get.call(image),
    set: (path: string) => source.set.call(image, addressOf(path)),
  })
}

function addressOf(path: string): string {
  const address = addressOfFile(path) ?? surroundings.server.resolve(path)
  return address.startsWith('/') ? new URL(address.slice(1), document.baseURI).href : address
}
