// The part of three.js that draws the figure; tools/bundle_three.mjs makes one file of it.
export {
  BufferAttribute, BufferGeometry, CircleGeometry, Color, DirectionalLight, DoubleSide, Group, Matrix4, Mesh,
  PCFShadowMap, PerspectiveCamera, Quaternion, Ray, Scene, ShaderMaterial, ShadowMaterial, Skeleton, SkinnedMesh,
  Bone, Vector3, WebGLRenderer,
} from 'three';
