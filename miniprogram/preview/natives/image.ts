import { nodeOf } from '../glass-easel'
import { surroundings } from '../surroundings'
import { addressOfFile } from '../wx/files'
import { NativeElement } from './native-element'

const sizes: Record<string, string> = { aspectFit: 'contain', aspectFill: 'cover' }

/** A picture: drawn as a background, as WeChat does, so that every mode is a size and a position. */
export class ImageElement extends NativeElement {
  private readonly picture = new Image()
  private readonly resized = new ResizeObserver(() => this.fitHeight())

  protected override start(): void {
    this.setAttribute('role', this.getAttribute('role') ?? 'img')
    this.picture.addEventListener('load', () => this.onLoaded())
    this.picture.addEventListener('error', () => this.emit('error', { errMsg: `GET ${this.picture.src} failed` }))
    this.resized.observe(this)
  }

  protected override update(name: string): void {
    if (name === 'src') this.load()
    if (name === 'mode') this.fitMode()
    if (name === 'ariaLabel' || name === 'ariaHidden' || name === 'src') this.nameForReaders()
  }

  /** An image without a name is decoration. */
  private nameForReaders(): void {
    if (this.properties.ariaRole) return
    this.setAttribute('role', this.text('ariaLabel') ? 'img' : 'presentation')
  }

  private load(): void {
    const source = this.text('src')
    this.style.backgroundImage = ''
    if (!source) return
    const address = this.resolve(source)
    if (surroundings.session.offline && address.startsWith('http') && !address.startsWith(assetsBase())) {
      queueMicrotask(() => this.emit('error', { errMsg: `GET ${source} failed` }))
      return
    }
    this.picture.src = address
  }

  private resolve(source: string): string {
    const address = addressOfFile(source) ?? surroundings.server.resolve(source)
    if (/^(https?:|data:|blob:)/.test(address)) return address
    if (address.startsWith('/')) return new URL(address.slice(1), document.baseURI).href
    const component = nodeOf(this)?.ownerShadowRoot?.getHostNode().is ?? ''
    return new URL(address, new URL(component.replace(/^\//, ''), document.baseURI)).href
  }

  private onLoaded(): void {
    this.style.backgroundImage = `url("${this.picture.src}")`
    this.fitMode()
    this.fitHeight()
    this.emit('load', { width: this.picture.naturalWidth, height: this.picture.naturalHeight })
    surroundings.codes.look(this, this.picture)
  }

  private fitMode(): void {
    const mode = this.text('mode')
    this.style.backgroundSize = sizes[mode] ?? '100% 100%'
    this.style.backgroundPosition = 'center'
  }

  private fitHeight(): void {
    const { naturalWidth, naturalHeight } = this.picture
    if (!naturalWidth) return
    if (this.text('mode') === 'widthFix') this.style.height = `${(this.clientWidth * naturalHeight) / naturalWidth}px`
    if (this.text('mode') === 'heightFix') this.style.width = `${(this.clientHeight * naturalWidth) / naturalHeight}px`
  }
}

function assetsBase(): string {
  return new URL('.', document.baseURI).href
}
