/** Something that must be disposed of; VS Code's own `Disposable` is a class, which a literal cannot be. */
export interface Disposes {
  dispose(): void;
}
