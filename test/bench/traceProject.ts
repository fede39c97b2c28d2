/** Text of an item file: requirements `SR-P-<n>`, each of which mitigates the one threat of its file. */
export function itemFile(file: number, count: number): string {
  const lines = [
    `threats:\n  - {id: T-P-${file}, title: Threat ${file}, stride: [tampering]}\nrequirements:\n`,
  ];
  for (let at = 0; at < count; at++) {
    const id = file * count + at;
    lines.push(
      `  - id: SR-P-${id}\n    title: Requirement ${id}\n    text: The device shall do what requirement ${id} says.\n    category: integrity\n    mitigates: [T-P-${file}]\n`,
    );
  }
  return lines.join('');
}

/** Text of a C file of about 8.7 kB: functions of a few lines, each with one tag. */
export function cFile(file: number, tags: number, items: number): string {
  const parts = [`#include "device.h"\n\n`];
  for (let at = 0; at < tags; at++) {
    const id = (file * tags + at) % items;
    const verb = at % 2 === 0 ? '' : 'verifies ';
    parts.push(
      `/* [${verb}SR-P-${at % 2 === 0 ? id : id - 1}] Handles channel ${at} of unit ${file}: reads the frame, checks its length and stores the value. */\nint unit_${file}_channel_${at}(const unsigned char *frame, unsigned long length)\n{\n    int value = ${at};\n    if (frame == 0 || length < ${(at % 9) + 2}) {\n        return DEVICE_ERROR_LENGTH;\n    }\n    value = (int)((frame[0] << 8) | frame[1]);\n    return device_update(${at % 8}, value, device_clock());\n}\n\n`,
    );
  }
  return parts.join('');
}
