import DefaultTheme from "vitepress/theme";
import { h } from "vue";
import screenshot from "../../screenshot.png";
import "./style.css";

const picture = () => h("img", { src: screenshot, alt: "The demo page: a home timeline" });

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { "home-hero-image": picture }),
};
