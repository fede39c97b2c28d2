export function isHighEntropy(_content: string): boolean { return false; }
