// A thread that analyses sources beside the one that started it.
import { parentPort, workerData } from 'node:worker_threads';

import { runAnalysisThread, type ThreadData } from '../host/analysisThread.ts';
import { nodeHost } from '../host/nodeHost.ts';
import type { NodeThreadData } from '../host/nodeThreads.ts';

// Made by `nodeThreads.ts` of the same build.
const { assets, data } = workerData as NodeThreadData;
void runAnalysisThread(nodeHost({ assets }), data as ThreadData, (message) =>
  parentPort?.postMessage(message),
);
