// Bundles the part of three.js the figure needs. No line of its JavaScript is changed: esbuild leaves out what nobody
// imports, and this file leaves out the shaders nobody draws with and the comments inside the others.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const SOURCE = resolve('node_modules/three/src');
const UNUSED_CHUNKS = [
  'batching', 'bumpmap', 'clearcoat', 'cube_uv', 'displacement', 'envmap', 'gradientmap', 'iridescence', 'lightprobes',
  'lights_fragment', 'lights_lambert', 'lights_phong', 'lights_physical', 'lights_toon', 'metalnessmap', 'roughnessmap',
  'tonemapping', 'transmission',
];
const UNUSED_SHADERS = ['background', 'backgroundCube', 'cube', 'distance', 'equirect', 'linedashed', 'mesh', 'points', 'sprite'];
const LEFT_OUT = new RegExp(
  `/(ShaderChunk/(${UNUSED_CHUNKS.join('|')})|ShaderLib/(${UNUSED_SHADERS.join('|')}))[a-zA-Z_]*\\.glsl\\.js$`,
);
const REMARKS = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/** The names a shader file exports, each as an empty text. */
function emptied(text) {
  return [...text.matchAll(/export (?:default|const (\w+))/g)]
    .map(([, name]) => (name ? `export const ${name} = '';` : "export default '';"))
    .join('\n');
}

const lean = {
  name: 'lean',
  setup(bundler) {
    bundler.onResolve({ filter: /^three$/ }, () => ({ path: `${SOURCE}/Three.js`, sideEffects: false }));
    bundler.onLoad({ filter: /\.glsl\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (LEFT_OUT.test(path)) return { contents: emptied(text) };
      return { contents: text.replace(REMARKS, '').replace(/[ \t]*\n\s*/g, '\n') };
    });
  },
};

await build({
  entryPoints: ['three_parts.js'],
  outfile: process.argv[2],
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'none',
  banner: { js: '/* three.js, MIT licence, see three.LICENSE.txt and versions.txt */' },
  plugins: [lean],
});
