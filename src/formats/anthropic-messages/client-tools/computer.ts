import {
  choice,
  type ClientToolFunction,
  type ClientToolOptions,
  integer,
  objectSchema,
  pair,
  text,
} from './client-tool.js';

const FIRST_ACTIONS = [
  'key',
  'type',
  'mouse_move',
  'left_click',
  'left_click_drag',
  'right_click',
  'middle_click',
  'double_click',
  'screenshot',
  'cursor_position',
] as const;

const LATER_ACTIONS = [
  ...FIRST_ACTIONS,
  'left_mouse_down',
  'left_mouse_up',
  'scroll',
  'hold_key',
  'wait',
  'triple_click',
] as const;

const FIRST_MEMBERS = {
  coordinate: pair('x and y in pixels from the upper left corner: the target of the mouse.'),
  text: text('For `type`: the text to type. For `key`: the key or the combination, such as `ctrl+s`.'),
};

const LATER_MEMBERS = {
  coordinate: FIRST_MEMBERS.coordinate,
  start_coordinate: pair('For `left_click_drag`: x and y where the drag begins.'),
  text: text(
    'For `type`: the text to type. For `key` and `hold_key`: the key or the combination, such as `ctrl+s`. For clicks ' +
      'and `scroll`: a key that is held meanwhile.',
  ),
  scroll_direction: choice(['up', 'down', 'left', 'right'], 'For `scroll`.'),
  scroll_amount: integer('For `scroll`: the number of clicks of the wheel.'),
  duration: { type: 'number', description: 'For `wait` and `hold_key`: seconds.' },
};

const ZOOM_MEMBERS = {
  region: {
    type: 'array',
    items: { type: 'integer' },
    minItems: 4,
    maxItems: 4,
    description: 'For `zoom`: x and y of the upper left and of the lower right corner.',
  },
};

/** https://platform.claude.com/docs/en/agents-and-tools/tool-use/computer-use-tool */
export function firstComputer(options: ClientToolOptions): ClientToolFunction {
  return computer(FIRST_ACTIONS, FIRST_MEMBERS, options);
}

/** Since January 2025. */
export function laterComputer(options: ClientToolOptions): ClientToolFunction {
  return computer(LATER_ACTIONS, LATER_MEMBERS, options);
}

/** Since November 2025: the client may let the model look closer. */
export function zoomingComputer(options: ClientToolOptions): ClientToolFunction {
  if (options.enable_zoom !== true) return laterComputer(options);
  return computer([...LATER_ACTIONS, 'zoom'], { ...LATER_MEMBERS, ...ZOOM_MEMBERS }, options);
}

function computer(
  actions: readonly string[],
  members: Readonly<Record<string, unknown>>,
  { display_width_px: width, display_height_px: height }: ClientToolOptions,
): ClientToolFunction {
  const size = width == null || height == null ? '' : ` Its screen has ${width} × ${height} pixels.`;
  return {
    description:
      `Use a computer with mouse, keyboard and screen.${size} Take a screenshot to see what is there, before the first ` +
      'action and after each.',
    schema: objectSchema({ action: choice(actions, 'What to do.'), ...members }, ['action']),
  };
}
