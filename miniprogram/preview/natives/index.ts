import { glassEasel } from '../glass-easel'
import { supported } from '../supported'
import { ButtonElement } from './button'
import { CanvasElement } from './canvas'
import { CheckboxElement, GroupElement, RadioElement, SwitchElement } from './toggle'
import { FieldElement, TextareaElement } from './field'
import { FormElement } from './form'
import { ImageElement } from './image'
import { LabelElement } from './label'
import { NativeElement } from './native-element'
import { NavigatorElement } from './navigator'
import { PageMetaElement } from './page-meta'
import { PickerElement } from './picker'
import { ProgressElement } from './progress'
import { RichTextElement } from './rich-text'
import { RootPortalElement } from './root-portal'
import { ScrollViewElement } from './scroll-view'
import { SliderElement } from './slider'
import { SwiperElement } from './swiper'
import { TextElement } from './text'

const implementations: Record<string, typeof NativeElement> = {
  button: ButtonElement,
  canvas: CanvasElement,
  checkbox: CheckboxElement,
  form: FormElement,
  image: ImageElement,
  input: FieldElement,
  label: LabelElement,
  navigator: NavigatorElement,
  'page-meta': PageMetaElement,
  picker: PickerElement,
  progress: ProgressElement,
  radio: RadioElement,
  'checkbox-group': GroupElement,
  'radio-group': class extends GroupElement {},
  'rich-text': RichTextElement,
  'root-portal': RootPortalElement,
  'scroll-view': ScrollViewElement,
  slider: SliderElement,
  swiper: SwiperElement,
  switch: SwitchElement,
  text: TextElement,
  textarea: TextareaElement,
}

export function defineNatives(space: { setGlobalUsingComponent(tag: string, element: string): void }): void {
  for (const tag of [...Object.keys(supported.natives), ...supported.tdesignOnlyNatives]) {
    customElements.define(`wx-${tag}`, implementations[tag] ?? class extends NativeElement {})
    space.setGlobalUsingComponent(tag, `wx-${tag}`)
  }
  const { prototype } = glassEasel.NativeNode as { prototype: { updateAttribute(name: string, value: unknown): void } }
  const { updateAttribute } = prototype
  prototype.updateAttribute = function update(this: { $$?: unknown }, name, value) {
    if (this.$$ instanceof NativeElement) this.$$.setProperty(name, value)
    else updateAttribute.call(this as never, name, value)
  }
}
