// The part of three.js that draws the figure; tools/bundle_three.mjs makes one file of it.
export {
  Bone, Box3, BufferAttribute, BufferGeometry, CircleGeometry, Color, DataTexture, DirectionalLight, DoubleSide,
  DynamicDrawUsage, FloatType, Group, Matrix4, Mesh, NearestFilter, PCFShadowMap, PerspectiveCamera, Quaternion,
  RGBAFormat, Ray, Scene, ShaderMaterial, ShadowMaterial, Vector3, Vector4, WebGLRenderer,
} from 'three';
