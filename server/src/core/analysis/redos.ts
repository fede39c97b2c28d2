export function isRedosProne(_content: string): boolean { return false; }
