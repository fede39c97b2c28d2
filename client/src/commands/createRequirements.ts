import { FileSystemError, Uri, window, workspace, type WorkspaceFolder } from 'vscode';

/** A first item file that shows every link once. */
const STARTER = `# Security requirements and what they answer. Traceward links them to code through tags in comments:
# write [SR-AUTH-001] above the function that implements the requirement, [TC-AUTH-001] above the test.

threats:
  - id: T-001
    title: A stranger sends commands over the radio link
    stride: [spoofing]

controls:
  - id: C-AUTH-01
    title: Commands are authenticated
    category: authentication
    mitigates: [T-001]

requirements:
  - id: SR-AUTH-001
    title: Refuse commands without a valid signature
    text: The device shall refuse every command whose signature does not verify.
    category: authentication
    derives: [C-AUTH-01]
    mitigates: [T-001]

tests:
  - id: TC-AUTH-001
    title: A command with a wrong signature is refused
    verifies: [SR-AUTH-001]
`;

/** Creates `security/requirements.yaml` in a folder of the workspace and opens it; an existing file is only opened. */
export async function createRequirements(): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) {
    void window.showInformationMessage('Traceward: open a folder first.');
    return;
  }
  const uri = Uri.joinPath(folder.uri, 'security', 'requirements.yaml');
  if (!(await exists(uri))) {
    await workspace.fs.writeFile(uri, new TextEncoder().encode(STARTER));
  }
  await window.showTextDocument(uri);
}

async function chooseFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  return folders.length > 1 ? window.showWorkspaceFolderPick() : folders[0];
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') {
      return false;
    }
    throw error;
  }
}
