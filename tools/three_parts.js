// The part of three.js that draws the figure; tools/bundle_three.mjs makes one file of it.
export {
  Bone, Box3, BufferAttribute, BufferGeometry, Color, DataTexture, DirectionalLight, DoubleSide, DynamicDrawUsage,
  FloatType, Group, Matrix4, Mesh, NearestFilter, PCFShadowMap, PerspectiveCamera, PlaneGeometry, Quaternion,
  RGBAFormat, Ray, Scene, ShaderMaterial, UniformsLib, UniformsUtils, Vector3, Vector4, WebGLRenderer,
} from 'three';
