<?php

namespace FarmMassMessage;

use Html;
use MediaWiki\MediaWikiServices;
use OutputPage;
use ParserOptions;
use ParserOutput;
use Status;
use Title;

/**
 * Shows how a message looks, and to how many pages it goes.
 *
 * It warns of what the original warns of (MassMessage REL1_43, includes/Specials/SpecialMassMessage.php), but for
 * the errors that the extension Linter finds.
 */
class Preview {

	/** Elements that need no end. */
	private const EMPTY = [ 'area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'wbr' ];

	private Message $message;
	private OutputPage $output;

	/** @param Message $message @param OutputPage $output */
	public function __construct( Message $message, OutputPage $output ) {
		$this->message = $message;
		$this->output = $output;
	}

	/** Shows it and returns the warnings. */
	public function show(): Status {
		$message = $this->message;
		$this->output->addWikiMsg( 'massmessage-preview-count', count( Targets::of( $message->list ) ) );
		$subject = Text::subject( $message->subject );
		$text = "== $subject ==\n\n" . Text::body( $this->along(), $message->text, $message->comment, null );
		$parser = MediaWikiServices::getInstance()->getParserFactory()->create();
		$page = Title::makeTitle( NS_PROJECT, 'MassMessage:Preview' );
		$options = ParserOptions::newFromContext( $this->output->getContext() );
		$saved = $parser->preSaveTransform( $text, $page, Delivery::account(), $options );
		$shown = $parser->parse( $saved, $page, $options );
		$this->output->addHTML( Html::rawElement( 'div', [ 'class' => 'farm-preview' ], $shown->getText() ) );
		$this->output->addHTML( Html::element( 'pre', [], $text ) );
		return $this->warnings( $saved, $shown );
	}

	private function along(): ?string {
		$page = $this->message->page;
		$here = MediaWikiServices::getInstance()->getMainConfig()->get( 'DBname' );
		return $page ? PageMessage::text( PageMessage::of( $page, $here ), null ) : null;
	}

	private function warnings( string $saved, ParserOutput $shown ): Status {
		$status = Status::newGood();
		if ( $shown->getLanguageLinks() ) {
			$status->fatal( 'massmessage-unescaped-langlinks' );
		}
		$unclosed = self::unclosed( $this->message->text );
		if ( $unclosed ) {
			$status->fatal( 'massmessage-badhtml', wfEscapeWikiText( implode( ', ', $unclosed ) ) );
		}
		if ( !preg_match( '/\d\d:\d\d, .+ \(UTC\)/u', $saved ) ) {
			$status->fatal( 'massmessage-no-timestamp' );
		}
		return $status;
	}

	/** Tags without a partner. A start tag with a slash in it, as in an address, counts as none. */
	private static function unclosed( string $text ): array {
		preg_match_all( '/<(\w+)[^\/>]*>/', $text, $starts );
		preg_match_all( '/<\/(\w+)/', $text, $ends );
		$open = array_count_values( array_diff( $starts[1], self::EMPTY ) );
		$closed = array_count_values( $ends[1] );
		$unclosed = [];
		foreach ( array_keys( $open + $closed ) as $name ) {
			$more = ( $open[$name] ?? 0 ) <=> ( $closed[$name] ?? 0 );
			if ( $more !== 0 ) {
				$unclosed[] = $more > 0 ? "<$name>" : "</$name>";
			}
		}
		return $unclosed;
	}
}
