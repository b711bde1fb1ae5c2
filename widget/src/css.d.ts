declare module "*.css" {
  const text: string;
  export default text;
}

/** File name of the chat's bundle, put in by the build. */
declare const CHAT_FILE: string;
