import type { APIRoute } from 'astro';
import { lessonList } from '../lib/lesson-list.ts';
import { theCourse } from '../lib/lessons.ts';

export const GET: APIRoute = async () => Response.json(lessonList(await theCourse()));
