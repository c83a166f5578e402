// Checks glTF files with the validator of the Khronos Group, and reads them with three's own reader.
//   node check_gltf.mjs FILE...      after `sh vendor.sh --keep`
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import validator from 'gltf-validator';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';

let faults = 0;
for (const path of process.argv.slice(2)) {
  const bytes = new Uint8Array(readFileSync(path));
  const { issues } = await validator.validateBytes(bytes, { maxIssues: 0 });
  const { scene, animations } = await new GLTFLoader().parseAsync(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength), '');
  let [skinned, meshes, bones] = [0, 0, 0];
  scene.traverse((thing) => {
    skinned += thing.isSkinnedMesh ? 1 : 0;
    meshes += thing.isMesh ? 1 : 0;
    bones += thing.isBone || (thing.isObject3D && !thing.isMesh) ? 1 : 0;
  });
  const clean = issues.numErrors === 0 && issues.numWarnings === 0;
  if (!clean || bones === 0) faults += 1;
  const verdict = clean ? 'no errors, no warnings' : `${issues.numErrors} errors, ${issues.numWarnings} warnings`;
  console.log(`${basename(path)}: ${verdict}; three reads ${meshes} meshes (${skinned} skinned), ${animations.length} animations`);
}
process.exit(faults ? 1 : 0);
