// Which command lines were recorded on real systems, by their shape. Fetched when a screen says where it comes from.
import type { APIRoute } from 'astro';
import { recordedShapes } from '../lab/provenance/recordings.ts';

export const GET: APIRoute = () => new Response(JSON.stringify(recordedShapes()));
